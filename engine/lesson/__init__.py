"""A file becomes a lesson, as data; no line of it is run.

Read in this order: printable, model, source, cells, header, steps, questions, reader; then library,
which lists a folder.
"""
