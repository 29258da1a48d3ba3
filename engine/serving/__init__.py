"""A session's own process: what it does beside the training, which is the kernel's.

Read in this order: session_process, which begins it; server, which answers the interface through
inbox and outbox; keeper, which forks the process to keep a moment of it (docs/going_back.md).
"""
