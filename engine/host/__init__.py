"""The host: the process that makes sessions by fork, passes packets on, and keeps their moments.

Read host first, then making (of a session's process), played (such a process, as the host has it)
and telling (what the interface has not heard of yet), then moments with thinning; importing is what
comes before all that, and waiting how it waits for something to come.
"""
