"""What a lesson writes and reads: it leads to the host, and no process's end loses any of it.

Read in this order: streams, keyboard, descriptors, shared_text.
"""
