"""What may follow in the code that the learner writes, by the names that the lesson has now."""

from __future__ import annotations

import builtins
import inspect
import keyword
import re
from collections.abc import Iterable, Mapping

from engine.notebook.shell import LessonShell
from engine.protocol.completion import Completions, Writing, fitting_words
from engine.values.paths import NOTHING, follow

_MOST_WORDS = 200
_LONGEST_SIGNATURE = 400
# One that is longer is told without its types.
_ONE_LINE = 76
_NAME = re.compile(r"[^\W\d]\w*")
_UNENDED = re.compile(r"[^\W\d][\w.]*$")
_PATH = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*\s*$")


def completions_of(
    writing: Writing, shell: LessonShell | None, own: Mapping[str, object]
) -> Completions:
    """The answer for what is being written; call it only while no cell runs.

    `own` are the names of the function that is stood in.
    """
    before = writing.source[: writing.cursor]
    names = {} if shell is None else {**shell.namespace, **own}
    signature = _signature(before, names)
    if not writing.wants_words:
        return Completions(writing.number, writing.cursor, (), signature)
    unended = _UNENDED.search(before)
    path = unended[0] if unended else ""
    owner, _, word = path.rpartition(".")
    start = writing.cursor - len(word)
    found: list[str] = [] if shell is None else shell.complete(before, own)
    if not owner:
        found += _names_written(writing.source, start)
        found += [name for name in (*keyword.kwlist, *dir(builtins)) if word]
    words = _fitting(found, word)
    return Completions(writing.number, start, words, signature)


def _fitting(found: Iterable[str], word: str) -> tuple[str, ...]:
    """Each of the words once that `word` may become; hidden ones where it is hidden itself."""
    named = dict.fromkeys(one for one in found if one.removesuffix("=").isidentifier())
    shown = [one for one in named if word.startswith("_") or not one.startswith("_")]
    return tuple(fitting_words(shown, word)[:_MOST_WORDS])


def _names_written(source: str, start: int) -> list[str]:
    """The names in the source itself, which may not have run; not the one that begins at `start`"""
    return [name[0] for name in _NAME.finditer(source) if name.start() != start]


def _signature(before: str, names: Mapping[str, object]) -> str:
    opened = _open_call(before)
    path = _PATH.search(before[:opened]) if opened is not None else None
    if path is None:
        return ""
    called = follow(names, path[0].strip())
    if called is NOTHING:
        called = getattr(builtins, path[0].strip(), NOTHING)
    if not callable(called):
        return ""
    return _told(path[0].strip().rpartition(".")[2], called)[:_LONGEST_SIGNATURE]


def _open_call(before: str) -> int | None:
    """Where the innermost round bracket stands that is still open; None where none is."""
    closed = 0
    for at in range(len(before) - 1, -1, -1):
        if before[at] in ")]}":
            closed += 1
        elif before[at] in "([{":
            if not closed:
                return at if before[at] == "(" else None
            closed -= 1
    return None


def _told(name: str, called: object) -> str:
    """`name(what it takes)`, which of what is written in C its documentation says first."""
    try:
        signature = inspect.signature(called)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        documentation = inspect.getdoc(called) or ""
    else:
        whole = f"{name}{signature}"
        return whole if len(whole) <= _ONE_LINE else f"{name}{_without_types(signature)}"
    first = next((line for line in documentation.splitlines() if line.strip()), "")
    return first.strip() if first.strip().startswith(f"{name}(") else ""


def _without_types(signature: inspect.Signature) -> inspect.Signature:
    empty = inspect.Signature.empty
    named = [one.replace(annotation=empty) for one in signature.parameters.values()]
    return signature.replace(parameters=named, return_annotation=empty)
