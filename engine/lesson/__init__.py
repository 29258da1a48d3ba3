"""A file becomes a lesson, as data; no line of it is run.

Read in this order: model, source, cells (with gallery and notebook), header, steps, questions,
reader; then library, which lists a folder, parameters, and keys, by which lessons are known later.
Mistakes, names and printable help the others.
"""
