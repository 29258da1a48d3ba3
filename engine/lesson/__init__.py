"""A file becomes a lesson, as data; no line of it is run.

Read in this order: notation and findings, the tables of what can be written and what can be wrong;
model, source, cells (with gallery, rest, hypertext with its html_tags and html_block, and
notebook), script (with titles), header, steps, questions (with answerable), reader; then course,
what a folder says of itself, folders, which lists what is in one, library, which finds a lesson by
its name, parameters, imports, and keys, by which lessons are known later. Mistakes and printable
help the others.
"""
