"""Helpers of the player's screen, each for one matter: they open dialogs, and do what those say.

Read in this order: question_desk, through which a run begins; page_desk and pane_desk; tensor_desk,
runs_desk and watch_desk; copy_desk over pane_strips, home_desk; help_desk; reload_desk.
"""
