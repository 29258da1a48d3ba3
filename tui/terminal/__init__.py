"""How the app holds the terminal, lends it, and hears of its end.

Read in this order: driver, output, backlog, thrift, patience; orderly, by which keys come one after
the other; graphics; then signals, external_editor and clipboard.
"""
