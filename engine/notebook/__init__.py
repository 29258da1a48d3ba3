"""What a notebook would have of its kernel and its browser, in a session and for a terminal.

Read in this order: shell, in which a lesson's cells run (with quiet_shell and showing); magics,
commands and displaying; pictures and figures, with animations. Then imports, which changes modules
as a lesson loads them, own_modules, which hooks those of its own folder, uncompiled and
played_main, which are changes for what it compiles and for processes that it starts, and programs
with endings, for a lesson that is one.
"""
