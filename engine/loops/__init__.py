"""Hooks a lesson's loops: counts their iterations, and records what they compute.

Read in this order: instrument, with labels; hooks, with lengths and loop_record; runtime, with
running_loops, boundary and passes; counting, with countable and outer; then recording (with tape
and stores), and noting with note_taker; recorder, which holds the curves.
"""
