"""Draws numbers as text: curves with plotext, tensors, pixels; pure functions.

Read in this order: curve, plot over raster, axes, positions, figure; legend, marks, runs,
reading_line and not_finite, which stand around a curve or in it; sketches; then tensors, with the
numbers of corner and figures and the drawings of pictures and plotext_text; opened and watched;
pixels. What comes before, a series as the columns of a pane, is `engine/protocol/reduction.py`.
"""
