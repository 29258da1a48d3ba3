"""What every line passes on its way to the screen: contrast, few colours, ASCII; no widget.

Read in this order: line_filters; contrast, sixteen and in_ascii, of which it consists; then
told_by_characters, for a drawing whose colours are not seen.
"""
