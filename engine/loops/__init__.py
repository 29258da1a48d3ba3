"""Wraps a lesson's loops: counts them, records what they compute, and holds them at the gate.

Read in this order: instrument, runtime, gate; then recorder and recording, and stepping.
"""
