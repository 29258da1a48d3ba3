"""Reads a lesson's values, and leaves no trace in them.

Read in this order: peeking, which is how torch is looked at; then tensors, scalars,
changes, views, canvas.
"""
