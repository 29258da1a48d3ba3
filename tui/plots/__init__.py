"""Draws numbers as text: curves, tensors, pixels; pure functions.

Read in this order: curve, reduction, plot; then tensors and pixels.
"""
