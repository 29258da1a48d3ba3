"""Reads and carries out what the learner writes beside the lesson: asked, watched, half written.

All of it happens in the lesson's names, on the worker's thread, and is no part of the run. Read
aside first, then asker (with function_scope), evaluating and watching, and completion.
"""
