"""A file becomes a lesson: its forms, its header, its cells and steps; no line of it is run.

Read in this order: source, cells with notebook and script, the three forms of a file; header;
mistakes, questions (with answerable), word_lists and steps; reader, which brings them together.
"""
