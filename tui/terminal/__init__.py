"""How the app holds the terminal, lends it, and hears of its end.

Read in this order: driver, output, backlog, thrift, patience; then signals and external_editor.
"""
