"""The interface's side of the wire: the engine as one object, and lessons that play elsewhere.

No torch may enter. Read in this order: engine, which starts the host; remote_session, a session as
if it were in one's own process; succession, which speaks to one process of it after another, with
continuation, which begins them; process_link and dialogue, heard, kept and post; travel, which goes
back; then racing and search, which are sessions beside it, and written, which keeps what they
write.
"""
