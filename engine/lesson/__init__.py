"""A lesson as data: what can be written in one, what can be wrong, and what one is known by.

Read in this order: printable, plain and sentences, in which all is said; notation and findings,
the tables of what can be written and what can be wrong; model with drawing_words; titles,
parameters, imports, keys and reloading, which say more of a lesson that was read. No file is opened
here: engine/reading does it.
"""
