"""Threads of libraries that only wait for work: around a fork they can be done without.

A fork would have none of them, and a process that has one could keep no moment. Those that look
after bars of tqdm's and those that write events for TensorBoard are ended and begun again. A pool
of `concurrent.futures` whose threads are all idle is as good as one that has begun none yet.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from engine.kernel.bar_monitors import bar_monitors, no_bar_monitors, threads_of_class

_WRITERS = "tensorboard.summary.writer.event_file_writer"
# How long one may be writing what it was given, in seconds.
_PATIENCE = 0.1


def busy_threads() -> list[threading.Thread]:
    """The threads of this process that a fork would miss, those of ours among them."""
    idle = {*bar_monitors(), *_event_writers(), *(one for pool in _idle_pools() for one in pool[1])}
    return [one for one in threading.enumerate() if one not in idle]


@contextmanager
def no_waiting_threads() -> Iterator[bool]:
    """Be without the threads that wait, and begin them again after, in a fork made within as well.

    Gives whether all of them have ended.
    """
    process = os.getpid()
    pools = _idle_pools()
    with no_bar_monitors() as no_monitors, _no_event_writers() as no_writers:
        yield no_monitors and no_writers
    if os.getpid() != process:
        for pool, _ in pools:
            _begin_afresh(pool)


@contextmanager
def _no_event_writers() -> Iterator[bool]:
    writers = _event_writers()
    for writer in writers:
        writer._queue.put(writer._shutdown_signal)
    for writer in writers:
        writer.join(_PATIENCE)
    have_ended = not any(writer.is_alive() for writer in writers)
    try:
        yield have_ended
    finally:
        for writer in writers:
            # What is still at work comes to its end later, and is needed again then.
            writer.join()
            # The same object: what gives it work looks after its health there.
            writer.__init__(writer._queue, writer._record_writer, writer._flush_secs)
            writer.start()


def _event_writers() -> list[Any]:
    return threads_of_class(_WRITERS, "_AsyncWriterThread")


def _idle_pools() -> list[tuple[Any, list[threading.Thread]]]:
    """The pools of threads that have nothing to do, each with its threads."""
    module: Any = sys.modules.get("concurrent.futures.thread")
    if module is None:
        return []
    # A thread of a pool has the pool as its first argument, by a weak reference.
    begun = [one for one in threading.enumerate() if one in module._threads_queues]
    pools = {id(pool): pool for pool in map(_pool_of, begun) if pool is not None}
    return [(pool, [*pool._threads]) for pool in pools.values() if _is_idle(pool)]


def _pool_of(thread: threading.Thread) -> Any:
    arguments: Any = getattr(thread, "_args", ())
    return arguments[0]() if arguments else None


def _is_idle(pool: Any) -> bool:
    return bool(pool._work_queue.empty() and pool._idle_semaphore._value >= len(pool._threads))


def _begin_afresh(pool: Any) -> None:
    """Have a pool, in a fork that has none of its threads, begin new ones where it needs them."""
    pool._threads.clear()
    pool._idle_semaphore = threading.Semaphore(0)
    pool._work_queue = queue.SimpleQueue()
    pool._shutdown_lock = threading.Lock()
