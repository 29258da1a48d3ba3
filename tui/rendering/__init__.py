"""Pure functions from data to text: no widget, no application, no clock may enter.

Read in this order: widths, palette and glyphs, which the others draw with; code, loop_bars,
status_line and status_words; step_text, verdicts and deaths, which are words. Then what stands by
itself: ansi, line and scrollback, which show what a cell wrote; formulas, latex, latex_spacing and
latex_tables; rows and search, which know where words stand; and what is taken along: plain_prose,
tensor_text, curve_table and picture, with copying, which is words of it.
"""
