"""Draws numbers as text: curves, tensors, pixels; pure functions.

Read in this order: curve, raster, dots, plot; then tensors and pixels. What a curve's numbers come to
before they are drawn is `engine/protocol/reduction.py`.
"""
