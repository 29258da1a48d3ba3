"""Thin widgets that several rooms use, one a file, each with its CSS beside it.

Read in this order: underneath, which most screens are, over whole_characters and moved;
strip_pane, and text_pane over it, which most panes are, with selecting; status_bar, action_bar and
toasts; word_list with awaited_words, and find_field, for what is typed; whole_scrollbar.
"""
