"""A file becomes a lesson, as data; no line of it is run.

Read in this order: model, source, cells (with gallery, rest, hypertext and notebook), header,
steps, questions, reader; then folders, which lists what is in one, library, which finds a lesson by
its name, parameters, and keys, by which lessons are known later. Mistakes, names and printable help
the others.
"""
