"""Plays, checks and lists lessons without a screen; no app may enter.

Read in this order: page, interrupts and streams, playing, run with figures, check, lesson_lines;
then open_line, version, export and documents, which make a document of a run.
"""
