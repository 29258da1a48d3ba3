"""What the operating system gives: processes, memory, open files, folders, a stream of packets.

It knows no lesson and no session. Read connection, which every process of ours speaks through, then
starting and processes; forks, memory, open_files, identity and temporary are each read where they
are used.
"""
