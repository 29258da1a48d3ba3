"""Which panes are in sight, in which columns they stand, and what of that the learner has chosen.

Knows no playback and no widget. Read in this order: arrangement, places, choice.
"""
