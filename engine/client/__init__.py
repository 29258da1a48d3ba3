"""The interface's side of the wire: the engine as one object, and lessons that play elsewhere.

No torch may enter. Read engine, which starts the host, then remote_session, which has the face of
a session in one's own process, then succession, by which that speaks to one process after another
(with post, dialogue, heard and kept); racing and search are sessions beside it.
"""
