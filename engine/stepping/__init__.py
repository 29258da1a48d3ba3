"""Holds a run before single statements of its code, while the learner steps by them.

Read stepping, then statements and visits, which say where those are and which of them are met.
"""
