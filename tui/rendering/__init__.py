"""Pure functions from data to text: no widget, no application, no clock may enter.

Read in this order: widths, strips, palette and glyphs, which the others draw with; rows and search,
which know where words stand; code over code_rows, with difference, edited and made; step_text; then
loop_bars, status_line, remarks, legend, run_table and placeholders, each of which stands by itself.
"""
