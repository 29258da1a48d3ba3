"""Processes and the wire between them: a host that makes sessions, and the client that asks them.

Read in this order: connection, client, engine; then host, which forks, and session_process, which
is what it forks; processes is what the system knows of them.
"""
