"""The player, and what the app shows before it and around it.

Read in this order: player; opening, while a lesson is read; palette, and spoken over it.
"""
