"""Helpers of the player's screen: each opens dialogs for one matter, and does what they say.

Read in this order: question_desk, tensor_desk, runs_desk, watch_desk; copy_desk over pane_strips,
home_desk; reload_desk.
"""
