"""The list of lessons, with which the app begins.

Read in this order: screen; shelf, what it lists, and batches, in which pieces; lesson_list,
filter_input and list_bar, of which it consists.
"""
