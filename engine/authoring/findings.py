"""What an author is told beyond mistakes in a file: what learners would lack, what a run finds."""

from __future__ import annotations

from engine.lesson.findings import OF_TEXT, Findings


class OfLanguages(Findings):
    """Languages and messages."""

    HEADER_UNTRANSLATED = (
        "the {key} has no text in {missing}, and the lesson has",
        "write it here",
    )
    TEXT_UNTRANSLATED = (
        "there is {what} in {written} here and none in {missing}",
        'write it in a cell `# %% [markdown] lang="{language}"{tags}`',
    )
    MESSAGE_MISSING = (
        "this assertion has no message for the learner",
        "write `assert ..., {example}`",
    )
    MESSAGE_ONE_LANGUAGE = (
        "this message is in one language and the lesson in more",
        "write {example}",
    )
    MESSAGE_UNTRANSLATED = (
        "this message has no text in {missing}",
        "write it beside the others",
    )
    DRAWING_UNTRANSLATED = (
        "no list has what this drawing says in {language}",
        'write - `{written}`: ... in a cell `# %% [markdown] lang="{language}" tags=["words"]`',
    )


class OfReading(Findings):
    """What readers would not get as it was meant."""

    TAG_UNHEARD = (
        'the tag "{tag}" says nothing in a file without our header (tagged cells: {count})',
        "begin the file with `# ---`, `# tutorch:`, `#   title: ...` and `# ---`",
    )
    QUESTION_UNHEARD = (
        "in a file without our header this question is a list (questions: {count})",
        "begin the file with `# ---`, `# tutorch:`, `#   title: ...` and `# ---`",
    )
    TEXT_ONE_LANGUAGE = (
        "this text is for all readers, and the lesson is in {languages}",
        "write {example} on its `# %%` line, and a cell in each other language",
    )
    HEADER_ONE_LANGUAGE = (
        "the {key} is for all readers, and the lesson is in {languages}",
        "write `{key}: {example}`",
    )
    TOO_WIDE = (
        "this {what} is {columns} columns wide, and a terminal may have {room}",
        "break it",
    )
    NOTHING_RUNS = (
        "nothing runs for the text above: this cell holds comments alone",
        "write its code, or make the comments a `# %% [markdown]` cell",
    )


class OfRun(Findings):
    """What only a run finds."""

    STEP_FAILS = "{what} fails when it runs ({why})", "mend it here or above"
    NEVER_COMES = (
        "no run comes to this step: line {line} above ends the program",
        "end it in the last step, or move this one",
    )
    STEP_DIES = "this step's process {how}", "mend it here or above"
    WATCH_EMPTY = "no loop of this cell gives `{name}` a number", "mend watch=... above it"
    QUESTION_UNANSWERED = (
        "the run gives no answer to this question: {why}",
        "ask what it can answer",
    )
    QUESTION_NAN = "the answer to this question is nan", "ask for a number that the run has"
    SOLUTION_REFUSED = "the solution does not pass: {why}", "mend it or the check"
    STARTER_PASSES = (
        "the starter passes the checks already",
        "assert what only a solution does",
    )
    CHECK_BREAKS = "of the starter, {why}", "assert first what it needs"


ALL: tuple[type[Findings], ...] = (*OF_TEXT, OfLanguages, OfReading, OfRun)
