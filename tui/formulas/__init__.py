"""LaTeX as text, in Unicode or in ASCII; pure functions, no widget, no style.

Read in this order: formulas, latex, latex_spacing, latex_tables; spelling, for ASCII.
"""
