"""A session becomes files: a script that ends where it ended, a notebook with what it wrote.

All are functions of what was run and changed. Read in this order: session, splicing, scopes,
counting, drafts, changes (with names), seeds, arguments, plain, placed, script, notebook_cells,
notebook.
"""
