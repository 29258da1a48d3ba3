"""The interface's side of the wire: the engine as one object, and lessons that play elsewhere.

No torch may enter. Read engine, which starts the host, then remote_session, which has the face of a
session in one's own process, then succession, by which that speaks to one process after another,
and continuation, which begins them (with process_link and dialogue, heard, kept and post), and
travel, which goes back; racing and search are sessions beside it, of which written keeps what they
write.
"""
