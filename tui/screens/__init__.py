"""The player, and what the app shows before it and around it.

Read in this order: player; parts, of which it consists, drawing, and rounds, which keep it up to
date, with said_reasons; preparing, behind the list; opener, which opens a lesson, and opening,
while that is read; palette, and spoken over it; leaving, which is how the app ends.
"""
