"""How the app holds the terminal, lends it, and hears of its end.

Read in this order: driver, output, backlog, patience, signals, external_editor.
"""
