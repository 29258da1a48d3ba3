"""The list of lessons, with which the app begins.

Read in this order: screen; shelf, what it lists, and batches, in which pieces; lesson_list and
filter_input, of which it consists.
"""
