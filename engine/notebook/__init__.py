"""What a notebook would have of its kernel and its browser, in a session and for a terminal.

Read in this order: shell, in which a lesson's cells run (with quiet_shell and showing); magics,
commands, inspecting, rich_text and displaying; pictures and figures, with animations and films.
Then imports, which changes modules as a lesson loads them: own_modules hooks those of its own
folder, uncompiled and played_main change what it compiles and what starts its processes. Last
programs with endings and first_loop, for a lesson that is a program.
"""
