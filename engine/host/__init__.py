"""Processes and the way between them: a host that makes sessions, and the client that asks them.

Read in this order: connection, client, succession (with dialogue, kept and heard) and engine, which
are in the interface's process; then host (with telling), and making, by which it makes a session's
process; then session_process, which plays there, with inbox, outbox and serving. What the system
knows of processes is in processes.
"""
