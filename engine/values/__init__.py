"""Reads a lesson's values, and leaves no trace in them.

Read in this order: peeking, which is how torch is looked at; paths, which are how a value is found;
then tensors with statistics, movement and windows; opening and trees, for one that fills the
screen; scalars, summary, made, changes, views with lettering and printed_words, randomness, and
compiling, for what torch compiles. What the learner paints is written by canvas.
"""
