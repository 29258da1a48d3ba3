"""One lesson as it plays: all that is known of its session and of the learner's work; no widget.

Read in this order: playback, change, step_record; works, bookmark, sources and watching, for what
the learner does; asking and searching; file_watch; own_engine and open_lessons, for the app.
"""
