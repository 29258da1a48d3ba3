"""Pure functions from data to text: no widget, no application, no clock may enter.

Read in this order: widths, palette and glyphs, which the others draw with; code, loop_bars and
status_line; step_text. Then what stands by itself: ansi, line and scrollback, which show what a
cell wrote; blocks and shown_pictures; rows and search, which know where words stand; line_filters,
with contrast, sixteen and in_ascii, which every line passes; and what is taken along: plain_prose,
tensor_text, curve_table and picture.
"""
