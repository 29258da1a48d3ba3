"""What the learner takes along: a curve as a table, a pane as a picture, a session as files.

No widget enters. Read in this order: curve_table, picture; session; saving, which writes the files.
"""
