"""Processes and the way between them: a host that makes sessions, and the client that asks them.

Read in this order: connection, client, succession (with dialogue, kept, heard and timeline) and
engine, which are in the interface's process; then host (with telling, played, moments, thinning and
memory), and making, by which it makes a session's process; then session_process, which plays there,
with inbox, outbox and serving, and keeping, which forks it, with open_files and temporary. What the
system knows of processes is in processes. docs/going_back.md says how a run is gone back in.
"""
