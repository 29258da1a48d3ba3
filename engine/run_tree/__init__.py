"""The runs of a lesson's steps, as a tree, and the ways from one place in it to another.

Data and what follows from it: nothing here speaks to a process. Read in this order: tree, trail
(in which of them a session stands), way (to a place that is gone to) and departure (from where the
next process goes on). docs/going_back.md says what it is for.
"""
