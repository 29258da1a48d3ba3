"""Runs one step after the other in the lesson's names, on the worker's thread, and looks on.

Read in this order: setup, what a run is given; step_runner, with steps_ran, namespace and
files_beside; whereabouts and frames, what is seen of a run; moments with keeping, which says when
one is kept; interventions; then learner_input and event_queue, which both threads use.
"""
