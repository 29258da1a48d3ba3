"""What the learner has done, kept in a file.

Read in this order: data, keeping; then store and store_file, which are all that knows SQL.
"""
