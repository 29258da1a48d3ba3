"""Which keys do something now, which of them the bar names, and why another cannot; no widget.

Read in this order: situation, bar, reasons, unbound, offered; speeds; second_thoughts, which asks
once.
"""
