"""Judges what a run left: predictions, and attempts at exercises.

Read in this order: jury, answers, exercises (with wording, returning and given); then shapes, which
names what a curve does.
"""
