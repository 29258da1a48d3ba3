"""Plays, checks and lists lessons without a screen; no app may enter.

Read in this order: page, interrupts, playing, run, check, lesson_lines.
"""
