"""Runs a lesson: the session, and the thread that it trains on.

Read in this order: session, worker_thread, worker, shell; then framing, output and tracebacks.
"""
