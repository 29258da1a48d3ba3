"""Lessons in their folders; nothing heavy may enter: no torch, numpy, textual, jupytext or IPython.

Read in this order: course, what a folder says of itself; folders, which lists what is in one;
library, which finds a lesson by its name.
"""
