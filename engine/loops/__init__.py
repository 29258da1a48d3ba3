"""Hooks a lesson's loops: counts them, records what they compute, and holds them at the gate.

Read in this order: instrument, hooks (with lengths and loop_record), runtime (with running_loops,
counting, countable, boundary, passes and noting), motion, gate (with orders, requests,
interruption, errands and tempo), passage, by which the worker comes to it, and waiting, where it
stands; recording, recorder and outer; then stepping (with statements and visits).
"""
