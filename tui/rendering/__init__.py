"""Pure functions from data to text: no widget, no application, no clock may enter."""
