"""What the learner has done, kept in a file.

Read in this order: work and data, keeping; then tables, statements, steps, store and store_file,
which are all that knows SQL, and places, which says in which folder.
"""
