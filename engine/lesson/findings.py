"""All that can be wrong with the text of a lesson, each with a name that stays and its mend.

Tables alone: where a mistake is looked for, its kind is told with what it was found in. The words
between braces are put in there. docs/reference/findings.md is made from these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from engine.lesson.sentences import Sentence, Translate, sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: its ``kind`` by a name that stays, the ``problem``, the ``mend``."""

    kind: str
    problem: Sentence
    mend: Sentence

    @property
    def message(self) -> str:
        """Both in one English sentence; what is quoted of a file may break its line."""
        return self.said(str)

    def said(self, translate: Translate) -> str:
        """Both in one sentence, translated, as it is shown."""
        return f"{self.problem.said(translate)}; {self.mend.said(translate)}"


class Findings(Enum):
    """A table of findings: each member is what is wrong and the mend, as `str.format` takes it."""

    _value_: tuple[str, str]

    @property
    def problem(self) -> str:
        """What is wrong, with the names of what was found between braces."""
        return self._value_[0]

    @property
    def mend(self) -> str:
        """What to do about it, in the same form."""
        return self._value_[1]

    @property
    def known_as(self) -> str:
        """The name that stays, such as `no-code`."""
        return self.name.lower().replace("_", "-")

    def told(self, **found: object) -> Finding:
        """The finding, with what was found in the places for it."""
        return Finding(self.known_as, sentence(self.problem, **found), sentence(self.mend, **found))


class OfFile(Findings):
    """The file."""

    NO_SUCH_FILE = "there is no such file", "check the name"
    UNREADABLE_FILE = "it cannot be opened ({why})", "check its name and its permissions"
    FOLDER_FOR_A_FILE = "this is a folder", "name a .py or .ipynb file in it"
    ANOTHER_ENDING = "not a .py or .ipynb file", "save the lesson as one of these"
    NOT_A_FILE = "this is a pipe or a device", "save the lesson as a file"
    TOO_LARGE = (
        "{megabytes:.1f} MB are too large for a lesson",
        "split it, or load its data from another file",
    )
    NOT_TEXT = "this is not text (a zero byte)", "save the file as UTF-8 text"
    NOT_UTF_8 = "this line is not UTF-8", "save the file as UTF-8"
    EMPTY_FILE = "the file is empty", "write a `# %%` line and code under it"
    NO_CODE = "there is no code cell", "write a `# %%` line and code under it"
    NOTEBOOK_JSON = "the notebook is not JSON ({why})", "save it again from Jupyter"
    NOTEBOOK_FORMAT = "not a notebook of format 4", "save it again from Jupyter"
    NOTEBOOK_CELL = "the notebook has a broken cell", "save it again from Jupyter"
    MARIMO = (
        "this is a notebook of marimo, whose cells are functions",
        "make one of Jupyter of it: marimo export ipynb {name} -o {notebook}",
    )
    NOTEBOOK_LANGUAGE = (
        "the notebook is written in {language}",
        "only Python notebooks are lessons",
    )


class OfHeader(Findings):
    """The header."""

    HEADER_END = "the header has no end", "close it with a line `# ---`"
    HEADER_YAML = (
        "the header is not valid YAML",
        "close brackets and quotes, here or just above, and put a text with a colon in quotes",
    )
    HEADER_CHARACTER = "the header has a character that YAML refuses", "remove that character"
    HEADER_DEPTH = (
        "the header's YAML is nested too deeply",
        "write `title: My lesson` under tutorch",
    )
    HEADER_NAME = "the header has no key {key!r} that is known", "did you mean tutorch?"
    HEADER_KEY = "the header has no key {key!r} under tutorch", "{nearest_key}"
    HEADER_MAPPING = "{name} must be a mapping", "write keys under it, such as `{example}`"
    HEADER_KEY_WORD = "a key under {name} is no word", "write keys such as `{example}`"
    HEADER_KEY_TWICE = "{name} has the key {key!r} twice", "keep one of the two"
    HEADER_TEXT = "{name} must be a text, or a text for each language", "put it in quotes"
    HEADER_MINUTES = "minutes must be a whole number from 1 up", "write `minutes: 15`"


class OfCell(Findings):
    """The line of a cell, and its code."""

    CELL_MARKER = "the last cell has no marker", "put `# %%` above it"
    CELL_LINES = (
        "this cell's lines cannot be told",
        "put `# %%` at the start of its first line",
    )
    CELL_METADATA = "bad metadata ({why})", 'tags are written as tags=["exercise"]'
    CELL_LINE = (
        "what follows the title cannot be read",
        'write key="value", and no "=" in the title',
    )
    CELL_KEY = 'a cell has no key {key!r} here, and its title holds no "="', "{nearest_key}"
    CELL_TEXT = "{key} must be a text", 'write {key}="..." in quotes'
    CELL_SYNTAX = "Python cannot read this line ({why})", "mend it, or the line above it"
    VIEW_TIME = "view cannot be {value!r}", "write {times}"
    VIEW_PLACE = (
        "this view cell has no step before it",
        "put it after the cell whose run it shows",
    )
    CANVAS_PLACE = "a view cell has no canvas", "put canvas=... on the cell before it"
    CANVAS_NAME = "canvas={name!r} names nothing that this cell assigns", "{nearest_name}"
    TAG_NAME = "{tag!r} is nearly {kind}", "did you mean {nearest}?"
    PARAMETERS_PLACE = (
        "parameters are assigned by a step's code",
        "tag that cell, and not this one",
    )


class OfWords(Findings):
    """Words of drawings."""

    WORDS_IN_CODE = (
        "a cell of code lists no words of drawings",
        "write [markdown] and lang on its `# %%` line",
    )
    WORDS_LANGUAGE = (
        "these words of drawings are in no language",
        'write lang="ko" on the line of their cell',
    )
    WORDS_LINE = (
        "this is no word of a drawing: {row}",
        "write - `what is drawn`: what this language says",
    )
    WORDS_TWICE = "`{written}` has two translations into {language}", "keep one of the two"
    WORDS_PLACES = (
        "`{written}` and its translation differ in their places",
        "write as many pairs of braces there, or number them from 0",
    )


class OfQuestion(Findings):
    """Questions."""

    QUESTION_TEXT = (
        "this question has no text",
        "write it as a paragraph directly above the list",
    )
    ANSWER_BOX = (
        "this answer has no box",
        "write `- [ ]`, or `- [x]` where it is the right one",
    )
    ANSWER_INDENT = "a line under an answer explains it", "indent it by two spaces"
    ANSWER_ALONE = "`[?]` and `[~]` stand alone", "write each under a question of its own"
    ANSWER_RIGHT = (
        "this question has no right answer",
        "write `- [x]` before the right one",
    )
    ANSWER_RIGHT_TWICE = (
        "this question has a right answer already",
        "keep exactly one `- [x]`",
    )
    ANSWER_WRONG = "this question has no wrong answer", "write at least one `- [ ]`"
    ANSWER_EMPTY = "this answer is empty", "write it after its box"
    NUMBER_MISSING = (
        "`[?]` has no expression",
        "write one between backticks: [?] `cost.item()` ± 10 %",
    )
    NUMBER_SYNTAX = (
        "`{expression}` is no Python expression",
        "write one, such as `cost.item()`",
    )
    NUMBER_TOLERANCE = (
        "the tolerance cannot be read ({written})",
        "write `± 0.5` or `± 10 %` after it",
    )
    CURVE_MISSING = "`[~]` has no name", "write a watched one between backticks: [~] `cost`"
    CURVE_UNWATCHED = (
        "the cell below does not watch `{name}`",
        'write watch="{watched}" in its `# %%` line',
    )
    QUESTION_UNASKED = (
        "no run follows that answers this question",
        "move it above a code cell",
    )
    QUESTION_LANGUAGES = (
        "the question here is not the same in {one} and {other}",
        "ask the same questions in the same order, and change only the words",
    )


class OfExercise(Findings):
    """Exercises."""

    EXERCISE_MISSING = (
        "this {tag} has no exercise before it",
        'tag its cell tags=["exercise"]',
    )
    EXERCISE_PARTED = (
        "this prose parts an exercise",
        'move it, or make it a hint: tags=["hint"]',
    )
    SOLUTION_MISSING = (
        "this exercise has no solution",
        'write one in a cell with tags=["solution"]',
    )
    SOLUTION_TWICE = "this exercise has a solution already", "keep one of the two"
    CHECK_MISSING = (
        "this exercise has no check",
        'write assertions in a cell with tags=["check"]',
    )
    CHECK_PLACE = (
        "this check has no solution before it",
        "move it below the solution's cell",
    )
    HINTS_UNEQUAL = "the languages differ in hints ({told})", "write as many in each"
    TAGS_TOGETHER = "a cell is one of {tags}, not both", "keep one tag"
    TAG_CELL = "a cell tagged {tag} must be {kind}", "{change} [markdown] in its `# %%` line"
    TAG_VIEW = "a cell tagged {tag} is no view", "remove view=... or the tag"


class OfCourse(Findings):
    """Folders, and `course.toml`."""

    NO_LESSON_HERE = "there is no lesson in this folder", "put a .py file in it"
    UNREADABLE_FOLDER = "the lessons' folder cannot be read ({why})", "check the name"
    COURSE_UNREADABLE = "it cannot be read ({why})", "check its permissions"
    COURSE_LARGE = "it is too large", "title, language and order are enough"
    COURSE_UTF_8 = "it is not UTF-8", "save the file as UTF-8"
    COURSE_TOML = "this is no TOML ({why})", "mend it here"
    COURSE_DEPTH = "it is nested too deeply", "write `order = [...]`"
    COURSE_KEY = "there is no key {key!r} here", "{nearest_key}"
    COURSE_TITLE = (
        "title must be a text, or a text for each language",
        'write `title = "My course"`',
    )
    COURSE_LANGUAGE = "language must be a word", 'write `language = "ko"`'
    COURSE_ORDER = (
        "order must be a list of names of files and folders beside this file",
        'write `order = ["first.py", "part2"]`',
    )
    COURSE_ORDER_MISSING = "order names {name!r}, which is not here", "mend the name"


OF_TEXT: tuple[type[Findings], ...] = (
    OfFile,
    OfHeader,
    OfCell,
    OfWords,
    OfQuestion,
    OfExercise,
    OfCourse,
)
