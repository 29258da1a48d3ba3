"""Draws numbers as text: curves with plotext, tensors, pixels; pure functions.

Read in this order: curve, plot, axes, figure; reading_line and not_finite, the lines around a
curve; sketches; then tensors, with the numbers of corner and figures and the drawings of pictures
and plotext_text; pixels. What comes before, a series as the columns of a pane, is
`engine/protocol/reduction.py`.
"""
