"""Plays a lesson: the session, and the thread that it trains on.

Read in this order: session, session_state, which says how it stands, ending, which says what a stop
ends, worker_thread (with tasks and stops), worker (with moving), which runs what it is told; then
threads, waiting_threads with bar_monitors, own_process, signals and torch_import, which are of the
whole process.
"""
