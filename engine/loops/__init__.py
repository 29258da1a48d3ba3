"""Hooks a lesson's loops: counts them, records what they compute, and holds them at the gate.
What is noted between two boundaries is in noting; alarm limits the time of work beside the run.

Read in this order: instrument, hooks (with lengths and loop_record), runtime (with running_loops
and counting), motion, gate (with orders, interruption, errands and tempo), passage, by which the
worker comes to it; recording, recorder and outer; stepping (with statements and visits); then
interrupt, which stops what passes no gate, and forks.
"""
