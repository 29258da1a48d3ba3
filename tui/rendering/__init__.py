"""Pure functions from data to text: no widget, no application, no clock may enter.

Read in this order: widths, palette and glyphs, which the others draw with; code, loop_bars,
status_line and status_words; step_text, verdicts and deaths, which are words. Then what stands by
itself: ansi, line and scrollback, which show what a cell wrote; formulas, latex, latex_spacing and
latex_tables; and search.
"""
