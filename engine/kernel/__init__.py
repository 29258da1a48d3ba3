"""Runs a lesson: the session, and the thread that it trains on.

Read in this order: session, worker_thread, worker, shell, framing; then attempts and event_queue,
which both threads use; keeping, which says when a moment is kept, and threads; torch_import,
streams, keyboard and signals; programs, for the shell; for what fails or ends itself, tracebacks,
memory, debugging and exits. What a notebook would have of its browser: showing and magics,
commands, displaying, pictures and figures. imports changes modules as a lesson loads them:
played_main and anomalies are such changes.
"""
