"""The words that an author can write in a step file and in `course.toml`, as tables.

What reads a file takes the words from here, and docs/reference/step_file.md is made from here.
"""

from __future__ import annotations

from dataclasses import dataclass

CODE, MARKDOWN = "code", "markdown"


@dataclass(frozen=True, slots=True)
class Key:
    """A word that takes a value: what it means, and how it is written."""

    name: str
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class CellKey(Key):
    """A key on the line of a cell, in cells of these ``kinds``."""

    kinds: tuple[str, ...] = (CODE,)


@dataclass(frozen=True, slots=True)
class Tag:
    """A word in the `tags` of a cell of this ``kind``; ``is_of_exercise`` where it makes one up."""

    name: str
    kind: str
    meaning: str
    is_of_exercise: bool = True


VIEW_TIMES = ("every epoch", "every iteration")

CELL_KEYS = (
    CellKey(
        "watch",
        "The names whose values make the curves, and no others; an empty text for none. "
        "Without it, curves are found.",
        'watch="loss accuracy"',
    ),
    CellKey(
        "show",
        "The tensors to show. Without it, those that the cell assigns.",
        'show="W b"',
    ),
    CellKey(
        "view",
        "The cell draws with plotext, and is drawn again while the step before it trains, as often "
        "as its share of the time allows. It is part of that step.",
        'view="every epoch"',
    ),
    CellKey(
        "canvas",
        "Once the cell has run, the learner paints this tensor, which the cell assigns: two "
        "dimensions, up to 64 each, floats from 0 to 1. The step's views are drawn of it.",
        'canvas="digit"',
    ),
    CellKey(
        "tags",
        "What the cell is in an exercise, or that it assigns parameters or lists words.",
        'tags=["exercise"]',
        (CODE, MARKDOWN),
    ),
    CellKey(
        "lang",
        "The language of the readers that this text is for. Without it, the text is for all.",
        'lang="ko"',
        (MARKDOWN,),
    ),
)

TAGS = (
    Tag("exercise", CODE, "The code that the learner starts from."),
    Tag("hint", MARKDOWN, "A hint, shown one after the other when the learner asks; any number."),
    Tag("solution", CODE, "A whole cell that passes the checks; one in each exercise."),
    Tag(
        "check",
        CODE,
        "Assertions on what the learner's cell made. Their messages are what the learner reads.",
    ),
    Tag(
        "parameters",
        CODE,
        "The plain values that this cell assigns can be set from outside: `--set epochs=1`.",
        is_of_exercise=False,
    ),
    Tag(
        "words",
        MARKDOWN,
        "What the drawings say in this language, as a list: see [Words of drawings]"
        "(#words-of-drawings).",
        is_of_exercise=False,
    ),
)

HEADER_KEYS = (
    Key(
        "title",
        "What the list calls the lesson: a text, or a text for each language. Without it, the "
        "first heading, else the file's name.",
        "title: {en: Slopes, ko: 기울기}",
    ),
    Key(
        "summary",
        "One sentence for the list, in the same forms. Without it, the first paragraph.",
        "summary: Roll down the cost by its slope.",
    ),
    Key("minutes", "How long the lesson takes: a whole number from 1 up.", "minutes: 15"),
)

COURSE_KEYS = (
    Key(
        "title",
        "What the folder is called: a text, or a text for each language. Without it, its name.",
        'title = { en = "Nets by hand", ko = "손으로 만드는 신경망" }',
    ),
    Key(
        "language",
        "The language of the player, where the learner has chosen none.",
        'language = "ko"',
    ),
    Key(
        "order",
        "The files and folders that come first, by their names in this folder. The rest follow by "
        "name, 2 before 10.",
        'order = ["start.py", "nets", "more.ipynb"]',
    ),
)
