"""Draws numbers as text: curves, tensors, pixels; pure functions.

Read in this order: curve, raster, dots, plot; then tensors and pixels. What comes before, a series
as the columns of a pane, is `engine/protocol/reduction.py`.
"""
