"""A new lesson for an author to begin with: small, and with each form that a lesson can have."""

from __future__ import annotations

import json
from pathlib import Path

from engine.lesson.sentences import Cannot, sentence
from engine.lesson.titles import spoken_name

_TEMPLATE = Path(__file__).resolve().parents[2] / "assets" / "new_lesson.txt"
_SUFFIX = ".py"


class CannotBegin(Cannot):
    """No lesson was written: why, and the mend."""


def begin_lesson(name: str) -> Path:
    """Write a lesson to a new file of this name, which may end in `.py`; its path.

    The title comes from the name. Raises CannotBegin, also where there is such a file.
    """
    path = Path(name)
    if path.suffix != _SUFFIX:
        if path.suffix in (".ipynb", ".txt", ".md"):
            raise CannotBegin(
                sentence(
                    "a new lesson is a {suffix} file; write {path}",
                    suffix=_SUFFIX,
                    path=path.with_suffix(_SUFFIX),
                )
            )
        path = path.with_name(path.name + _SUFFIX)
    title = json.dumps(spoken_name(path.stem), ensure_ascii=False)
    text = _TEMPLATE.read_text(encoding="utf-8").replace("TITLE", title)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise CannotBegin(
            sentence("{path} is there already, and stays as it is; give another name", path=path)
        ) from error
    except FileNotFoundError as error:
        raise CannotBegin(
            sentence("there is no folder {folder}; make it first", folder=path.parent)
        ) from error
    except OSError as error:
        raise CannotBegin(
            sentence(
                "{path} cannot be written ({why}); give another place",
                path=path,
                why=error.strerror,
            )
        ) from error
    return path
