"""What is shown of a session that plays, and when it is asked; data, and no widget.

Read in this order: playback, change, step_record, works, bookmark; polling and pace; then layout,
sight, remarks, speeds and brush, each of which is for one pane or bar; situation and bar, for the
keys; turning and sources, for numbers in the code; race_plans, run_list and shown_runs, for runs;
pane_text and saving, for what is taken along; own_engine and open_lessons, for the app.
"""
