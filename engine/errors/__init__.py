"""What a learner reads of code that fails or ends itself: the lesson's own lines, and none of ours.

Read in this order: tracebacks, which all others use; memory, anomalies, exits, script_errors and
debugging, each for one way in which code fails.
"""
