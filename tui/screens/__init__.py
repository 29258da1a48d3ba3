"""Screens: they compose widgets and pass commands on to the session.

Read in this order: lessons, player; then framed, and what stands in such a frame: question,
difference, help, message. copy_desk, selecting and tensor_desk are no screens: they
help the player.
"""
