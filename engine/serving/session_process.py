"""What a session's process does: its worker thread trains, and its main thread serves."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from ast import literal_eval
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from engine.kernel.session import Session
from engine.kernel.threads import hide_devices
from engine.notebook.displaying import display_in_terminal
from engine.protocol.commands import RunTo
from engine.protocol.events import BeginsAgain
from engine.protocol.messages import Open
from engine.protocol.outcomes import SERVING_FAILED
from engine.protocol.wire import decode
from engine.reading.reader import lesson_of
from engine.running.setup import Setup
from engine.serving.inbox import Inbox
from engine.serving.keeper import Keeper
from engine.serving.outbox import Outbox
from engine.serving.server import Server, carry_out
from engine.streams.shared_text import TextWriter
from engine.streams.streams import put_streams_in_place
from engine.system.processes import die_with_parent, end_process
from engine.system.temporary import TemporaryFolders
from engine.values.randomness import seed_all

# Ours, which a lesson beside files of the same names must not get in their place.
_OUR_PACKAGES = ("engine", "tui", "lessons", "assets")


def play(
    order: Open, link: socket.socket, heard: int, folder: str, inbox: Inbox | None = None
) -> NoReturn:
    """Play a lesson until the host lets it go, and end the process; call on the main thread.

    `link` leads to the host, and `inbox` is what has read from it already, if something has. A byte
    comes through the descriptor `heard` when the host has taken what this process wrote before a
    border. `folder` is for temporary files.
    """
    link.setblocking(True)
    outbox = Outbox(link, heard, order.commands[-1].number if order.commands else 0)
    if order.device == "cpu":
        hide_devices()
    folders = TemporaryFolders(folder)
    folders.watch()
    keeper = Keeper(outbox, folders) if order.keeps_moments else None
    try:
        session, memory = _session(order, outbox, folder, keeper)
        # In a thread, as this one may hold what a stop has to wait for.
        signal.signal(signal.SIGINT, lambda *_: threading.Thread(target=session.stop).start())
        session.process.take()
        server = Server(session, inbox or Inbox(link), outbox, order.request)
        if keeper is not None:
            keeper.begin(session, server, memory)
        for numbered in order.commands:
            carry_out(numbered.command, session)
        session.start()
        server.serve()
    finally:
        end_process(SERVING_FAILED)


def main() -> NoReturn:
    """Play what comes, as the command line says, in a new Python; see `engine/host/making.py`."""
    sys.path.pop(0)
    link_number, heard, folder, host = sys.argv[1:]
    die_with_parent(int(host))
    for descriptor in (int(link_number), int(heard)):
        os.set_inheritable(descriptor, False)
    link = socket.socket(fileno=int(link_number))
    inbox = Inbox(link)
    opened = inbox.next()
    assert opened is not None
    play(decode(opened[1], Open), link, int(heard), folder, inbox)


def _session(
    order: Open, outbox: Outbox, folder: str, keeper: Keeper | None
) -> tuple[Session, TextWriter]:
    """The session, and the memory for its text."""
    # As Python names a program's own file, from wherever its path was given.
    path = Path(order.path).absolute()
    lesson = replace(lesson_of(path, order.written), asked=order.asked)
    if order.origin is None:
        seed_all()

    def begin_again(run: RunTo | None) -> None:
        outbox.put(BeginsAgain(run, outbox.begun_number))
        end_process(0)

    setup = Setup(
        parameters={name: literal_eval(value) for name, value in order.parameters.items()},
        device=order.device,
        request=order.request,
        origin=order.origin,
        folder=folder,
        teller=outbox,
        begin_again=begin_again,
        keep=None if keeper is None else keeper.keep,
    )
    session = Session(lesson, setup)
    memory = put_streams_in_place(
        session.process.keyboard,
        folder,
        has_own_streams=order.has_own_streams,
        is_terminal=order.is_terminal,
    )
    display_in_terminal(clears=not order.has_own_streams)
    # As it was typed, as Python has it.
    sys.argv = [order.path]
    if path.suffix == ".ipynb":
        # There Jupyter runs a notebook, from wherever that is opened.
        os.chdir(path.parent)
        sys.argv = [str(path)]
    for name in [*sys.modules]:
        if name.partition(".")[0] in _OUR_PACKAGES:
            del sys.modules[name]
    return session, memory
