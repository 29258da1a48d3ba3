"""How the app holds the terminal, lends it, and hears of its end.

Read in this order: driver, thrift, output, backlog, patience, signals, external_editor.
"""
