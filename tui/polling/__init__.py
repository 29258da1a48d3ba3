"""When a session is asked what is new, and in which order that is drawn; no widget, no clock.

Read in this order: poller, pace, room, precedence; listening, for what comes between two polls.
"""
