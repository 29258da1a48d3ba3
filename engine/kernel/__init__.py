"""Runs a lesson: the session, and the thread that it trains on.

Read in this order: session (with setup, what it is given), session_state, which says how it stands,
ending, which says what a stop ends, worker_thread (with tasks and stops), worker (with steps_ran),
step_runner, namespace (with files_beside); whereabouts, moments, interventions and frames, each a
part of what the worker does; then learner_input and event_queue, which both threads use; keeping,
which says when a moment is kept, and threads; own_process, signals, torch_import and moving.
"""
