"""Records the app at work on a terminal of its own, in the format of asciinema.

Read in this order: program and cast, which know nothing of tutorch; then stage, which plays a
lesson in the app by its keys, and record.
"""
