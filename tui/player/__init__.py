"""One lesson as it plays: all that is known of its session and of the learner's work; no widget.

Read in this order: playback, shown_step, chronicle over step_record; intake, which takes in what
the session tells, and update; standing; then works, bookmark, edits, sources and watching, for what
the learner does; asking, answers and searching; file_watch; own_engine, open_lessons and
permission, for the app.
"""
