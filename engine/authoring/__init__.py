"""Tells an author what to mend in a lesson.

Read in this order: checking, which reads; then rehearsal, which runs.
"""
