"""How the app holds the terminal, lends it, and hears of its end.

Read in this order: driver, output, backlog, thrift, patience; typed, which makes keys of what is
sent, and orderly, by which they come one after the other; graphics; then signals, external_editor
and clipboard.
"""
