"""The list of lessons, with which the app begins.

Read in this order: screen, then lesson_list and filter_input, of which it consists.
"""
