"""Screens: they compose widgets and pass commands on to the session."""
