"""What a notebook would have of its kernel and its browser, in a session and for a terminal.

Read in this order: quiet_shell and showing, which the lesson's shell consists of; magics, commands
and displaying; pictures and figures. Then imports, which changes modules as a lesson loads them,
played_main, which is such a change for processes that a lesson starts, and programs.
"""
