"""What is shown of a session that plays, as data; no widget.

Read in this order: playback, step_record, bookmark; then sight, layout and pace.
"""
