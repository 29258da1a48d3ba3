"""Stops code of a lesson's from outside, by an exception that is raised in its thread.

It knows no loop and no gate, where a run stops of itself. Read in this order: exceptions,
interruptible, and alarm, which limits the time of work beside the run.
"""
