"""Questions in a lesson's prose: Markdown lists become data; nothing is asked, judged or run here.

A question is a paragraph and, directly under it, a task list. It is asked before the cell whose run
answers it, and a file that any Markdown reader opens:

    Where will the cost be after 100 epochs?

    - [ ] Above where it began
      The slope points uphill, and each update goes the other way.
    - [x] Near zero
      Three weights are enough for five students.

    What will the cost be at the end?

    - [?] `cost.item()` ± 10 %
      It falls fast, then slowly.

    How will its curve look?

    - [~] `cost`
      With lr=1e-5 no update jumps over the lowest place.

`[x]` is the one right answer of a choice. `[?]` asks for the number that the expression between
backticks is after the run, and takes an answer within `± 0.5` or `± 10 %` of it. `[~]` asks
whether the curve of a watched name diverges, crawls, bounces or converges. The indented lines
under an answer explain it. What stands in a code fence is no question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from engine.lesson.findings import OfQuestion
from engine.lesson.model import (
    ChoiceQuestion,
    CurveQuestion,
    LessonError,
    NumberQuestion,
    Option,
    Question,
    Tolerance,
    are_fenced,
)
from engine.lesson.sentences import sentence

_ITEM = re.compile(r"^ {0,3}[-*+]\s+\[(?P<mark>[ xX?~])\](?![(\[:])\s*(?P<text>.*)$")
_BULLET = re.compile(r"^ {0,3}(?:[-*+]|\d+[.)])\s")
_NO_PARAGRAPH = re.compile(r"^\s*(?:[-*+]\s|\d+[.)]\s|>|\|)")
_ENDS_ITSELF = re.compile(r"^\s*(?:#{1,6}\s|```|~~~)")
_NUMBER = re.compile(r"^`(?P<code>[^`]+)`\s*(?P<tolerance>.*)$")
_TOLERANCE = re.compile(r"^±\s*(?P<size>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(?P<share>%?)$")
_FENCED = "```"
_NAME = re.compile(r"^`(?P<name>[^`]+)`$")


def split_questions(path: Path, markdown: str, line: int) -> tuple[str, tuple[Question, ...]]:
    """The prose without its questions, and the questions, in order.

    The prose's first line is line `line` of the file. Raises LessonError where a question
    cannot be understood.
    """
    rows = markdown.split("\n")
    seen = [
        _FENCED if inside else row.rstrip()
        for row, inside in zip(rows, are_fenced(rows), strict=True)
    ]
    kept: list[str] = []
    questions: list[Question] = []
    at = free = 0
    while at < len(rows):
        if not _ITEM.match(seen[at]):
            kept.append(rows[at])
            at += 1
            continue
        text = _paragraph(kept[free:])
        if not text:
            raise LessonError(path, line + at, OfQuestion.QUESTION_TEXT.told())
        del kept[len(kept) - _height(kept, text) :]
        free = len(kept)
        items, at = _items(path, seen, at, line)
        questions.append(_question(path, " ".join(text), items))
    return "\n".join(kept).strip("\n"), tuple(questions)


def same_asked(one: Question, other: Question) -> bool:
    """Whether two questions ask for the same thing, each in words of its own."""
    match one, other:
        case ChoiceQuestion(), ChoiceQuestion():
            return (one.right, len(one.options)) == (other.right, len(other.options))
        case NumberQuestion(), NumberQuestion():
            return (one.expression, one.tolerance) == (other.expression, other.tolerance)
        case CurveQuestion(), CurveQuestion():
            return one.series == other.series
    return False


@dataclass(frozen=True, slots=True)
class _Item:
    line: int
    mark: str
    text: str
    explanation: list[str] = field(default_factory=list)

    @property
    def explained(self) -> str:
        return " ".join(self.explanation)


def _paragraph(rows: list[str]) -> list[str]:
    """The lines of the last paragraph; none where what stands last is something else."""
    text: list[str] = []
    for row in reversed(rows):
        # What stands right under a heading or a code fence is a paragraph without a blank row, too.
        if _ENDS_ITSELF.match(row) or (text and not row.strip()):
            break
        if row.strip():
            text.insert(0, row.strip())
    return [] if any(_NO_PARAGRAPH.match(row) for row in text) else text


def _height(rows: list[str], paragraph: list[str]) -> int:
    """How many of the last rows the paragraph takes, with the blank ones under it."""
    blank = next(at for at, row in enumerate(reversed(rows)) if row.strip())
    return blank + len(paragraph)


def _items(path: Path, rows: list[str], at: int, line: int) -> tuple[list[_Item], int]:
    """The items of the task list that begins at row `at`, and the row after it."""
    items: list[_Item] = []
    while at < len(rows):
        row = rows[at]
        item = _ITEM.match(row)
        if item:
            items.append(_Item(line + at, item["mark"].lower(), item["text"]))
        elif _BULLET.match(row):
            raise LessonError(path, line + at, OfQuestion.ANSWER_BOX.told())
        elif row[:1].isspace():
            items[-1].explanation.append(row.strip())
        elif row:
            if rows[at - 1]:
                raise LessonError(path, line + at, OfQuestion.ANSWER_INDENT.told())
            break
        at += 1
    return items, at


def _question(path: Path, text: str, items: list[_Item]) -> Question:
    marks = {item.mark for item in items}
    if not marks & {"?", "~"}:
        return _choice(path, text, items)
    if len(items) > 1:
        raise LessonError(path, items[1].line, OfQuestion.ANSWER_ALONE.told())
    return _number(path, text, items[0]) if "?" in marks else _curve(path, text, items[0])


def _choice(path: Path, text: str, items: list[_Item]) -> ChoiceQuestion:
    right = [at for at, item in enumerate(items) if item.mark == "x"]
    if not right:
        raise LessonError(path, items[0].line, OfQuestion.ANSWER_RIGHT.told())
    if len(right) > 1:
        raise LessonError(path, items[right[1]].line, OfQuestion.ANSWER_RIGHT_TWICE.told())
    if len(items) == 1:
        raise LessonError(path, items[0].line, OfQuestion.ANSWER_WRONG.told())
    empty = next((item for item in items if not item.text), None)
    if empty:
        raise LessonError(path, empty.line, OfQuestion.ANSWER_EMPTY.told())
    options = tuple(Option(item.text, item.explained) for item in items)
    return ChoiceQuestion(text, options, right[0], items[0].line)


def _number(path: Path, text: str, item: _Item) -> NumberQuestion:
    parts = _NUMBER.match(item.text)
    if not parts:
        raise LessonError(path, item.line, OfQuestion.NUMBER_MISSING.told())
    expression = parts["code"].strip()
    try:
        compile(expression, "question", "eval", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        finding = OfQuestion.NUMBER_SYNTAX.told(expression=expression)
        raise LessonError(path, item.line, finding) from error
    size = _TOLERANCE.match(parts["tolerance"])
    if not size:
        written = parts["tolerance"] or sentence("nothing")
        raise LessonError(path, item.line, OfQuestion.NUMBER_TOLERANCE.told(written=written))
    amount = float(size["size"])
    tolerance = Tolerance(0.0, amount / 100) if size["share"] else Tolerance(amount, 0.0)
    return NumberQuestion(text, expression, tolerance, item.explained, item.line)


def _curve(path: Path, text: str, item: _Item) -> CurveQuestion:
    name = _NAME.match(item.text)
    if not name:
        raise LessonError(path, item.line, OfQuestion.CURVE_MISSING.told())
    return CurveQuestion(text, name["name"].strip(), item.explained, item.line)
