"""What a cell has written, as a terminal would show it: lines, colours, pictures; no widget.

Read in this order: scrollback, line, ansi; wrapping and output_rows; then shown_pictures over
blocks.
"""
