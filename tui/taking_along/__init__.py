"""What the learner takes along: a pane as text, picture or table, a session as files; no widget.

Read in this order: pane_text, with plain_prose and tensor_text; curve_table, picture; session;
saving, which writes the files.
"""
