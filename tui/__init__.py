"""The interface: screens, widgets and the command line, on top of the engine.

Read in this order: cli, app, actions, messages, look; then the rooms screens, widgets and player,
plots and rendering; then headless, terminal and language.
"""
