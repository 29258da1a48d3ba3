"""What is shown of a session that plays, and when it is asked; data, and no widget.

Read in this order: playback, change, step_record, works, bookmark; past and going_back; polling and
pace; then layout, sight, remarks, speeds and brush, each of which is for one pane or bar; dialling,
turning, live_turns, sources and changes_made, for numbers that are turned; pane_text and saving,
for what is taken along; own_engine and open_lessons, for the app.
"""
