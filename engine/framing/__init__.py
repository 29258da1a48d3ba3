"""Takes a frame: all that one step shows at one boundary, read where the training stands.

Read frame_taker, then drawings, which the view cells make, and ran_lines, what lines have made.
"""
