"""Runs a lesson: the session, and the thread that it trains on.

Read in this order: session, worker_thread, worker, shell, framing; then attempts and event_queue,
which both threads use; keeping, which says when a moment is kept, and threads; torch_import,
streams and keyboard; programs, for the shell; for what fails or ends itself, tracebacks, memory and
exits.
"""
