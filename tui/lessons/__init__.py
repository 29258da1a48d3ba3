"""The list of lessons, with which the app begins.

Read in this order: screen; shelf, what it lists; lesson_list and filter_input, of which it
consists.
"""
