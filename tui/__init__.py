"""The interface: screens, widgets and the command line, on top of the engine.

Read in this order: cli with exit_status, and commands, which it has; app, with look, themes,
messages and roles. Then the rooms, actions first, and from the screen down: screens and lessons,
desks and dialogs, foot, panes, prose, editor and widgets; keys, polling, taking_along, showing and
experiments; player, runs and layout; exporting, plots, words, scrollback, filters, formulas,
editing, rendering and language. Last headless and recording, which show no screen, and terminal.
"""
