"""How the app holds the terminal, lends it, and hears of its end.

Read in this order: driver, output, backlog, thrift, patience; then signals, external_editor and
clipboard.
"""
