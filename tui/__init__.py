"""The interface: screens, widgets and the command line, on top of the engine.

Read in this order: cli, app, actions, messages, roles, look; then the rooms screens and lessons,
desks and dialogs, panes and widgets, player and showing, plots and rendering; then headless,
terminal and language.
"""
