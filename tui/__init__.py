"""The interface: screens, widgets and the command line, on top of the engine."""
