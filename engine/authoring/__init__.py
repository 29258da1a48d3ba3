"""Tells an author what to mend in a lesson.

Read in this order: findings, the tables of what is told; mends; checking, reading and drawn_words,
which read the lesson; then rehearsal, which has it run; beginning, a lesson to begin with.
"""
