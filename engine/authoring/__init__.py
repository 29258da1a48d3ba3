"""Tells an author what to mend in a lesson.

Read in this order: checking, which reads the lesson; then rehearsal, which has it run.
"""
