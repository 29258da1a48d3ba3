"""A new lesson for an author to begin with: small, and with each form that a lesson can have."""

from __future__ import annotations

import json
from pathlib import Path

from engine.lesson.header import spoken_name

_TEMPLATE = Path(__file__).resolve().parents[2] / "assets" / "new_lesson.txt"
_SUFFIX = ".py"


class CannotBegin(Exception):
    """No lesson was written; the message says why and the mend, in one line."""


def begin_lesson(name: str) -> Path:
    """Write a lesson to a new file of this name, which may end in `.py`; its path.

    The title comes from the name. Raises CannotBegin, also where there is such a file.
    """
    path = Path(name)
    if path.suffix != _SUFFIX:
        if path.suffix in (".ipynb", ".txt", ".md"):
            raise CannotBegin(
                f"a new lesson is a {_SUFFIX} file; write {path.with_suffix(_SUFFIX)}"
            )
        path = path.with_name(path.name + _SUFFIX)
    title = json.dumps(spoken_name(path.stem), ensure_ascii=False)
    text = _TEMPLATE.read_text(encoding="utf-8").replace("TITLE", title)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise CannotBegin(
            f"{path} is there already, and stays as it is; give another name"
        ) from error
    except FileNotFoundError as error:
        raise CannotBegin(f"there is no folder {path.parent}; make it first") from error
    except OSError as error:
        raise CannotBegin(
            f"{path} cannot be written ({error.strerror}); give another place"
        ) from error
    return path
