"""Runs a lesson: the session, and the thread that it trains on.

Read in this order: session, worker_thread (with stops), worker (with steps_ran), step_runner,
namespace, shell; whereabouts, moments, interventions and frames, each a part of what the worker
does; framing (with drawings and ran_lines); then attempts and event_queue, which both threads use;
keeping, which says when a moment is kept, and threads; torch_import and signals; asking and
watching (with aside, evaluating and function_scope), and completion.
"""
