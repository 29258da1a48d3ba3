"""Processes and the way between them: a host that makes sessions, and the client that asks them.

Read in this order: connection, client and engine, which are in the interface's process; then host
(with telling), which forks, and session_process, which is what it forks. What the system knows of
processes is in processes.
"""
