"""From what the learner wants raced to a race, or to the words for why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.protocol.places import Place
from engine.protocol.status import Status
from tui.editing.dials import dials_of, replaced
from tui.editing.live import live_places
from tui.editing.numbers import NumberRefusal, is_learning_rate, numbers_in
from tui.editing.reaching import StepDial, numbers_reaching
from tui.editing.trees import parsed
from tui.language.catalogue import Translate
from tui.player.playback import Playback
from tui.player.standing import next_statement
from tui.runs.racing import NoRace, WantedChange
from tui.runs.turned_words import trouble_words

_UNDER_WAY = (Status.RUNNING, Status.PAUSING, Status.SEEKING, Status.STOPPING)


def names_of_numbers(playback: Playback) -> list[str]:
    """The names of the numbers in the code that is shown, and of those before that it hangs on.

    Learning rates come first, and then what is nearest.
    """
    return _rates_first(_numbers(playback))


def wanted_race(
    playback: Playback, typed: str, translate: Translate
) -> tuple[StepDial, tuple[str, ...]] | str:
    """The number and its values in `lr: 0.01 0.1 1`; else in words what is wrong with it."""
    why_not = why_not_by_name(playback, translate)
    if why_not:
        return why_not
    written, colon, rest = typed.rpartition(":")
    # Who types all of `seed: 0 1 2` does so behind the name that stands in the line.
    name = written.rpartition(":")[2].strip()
    numbers = _numbers(playback)
    number, names = numbers.get(name), ", ".join(_rates_first(numbers))
    if not colon or not name:
        words = translate("Write it as {name}: 1 2 5. The numbers of this code: {names}")
        return words.format(name=names.partition(",")[0], names=names)
    if number is None:
        return translate("{name} is no number of this code. These are: {names}").format(
            name=name, names=names
        )
    values = numbers_in(rest)
    return (
        trouble_words(values, translate) if isinstance(values, NumberRefusal) else (number, values)
    )


def begin_race(
    playback: Playback, number: StepDial, values: Sequence[str], translate: Translate
) -> str:
    """Race these values of a number, from where the run stands or from its beginning.

    Of a number in a step before, the beginning is that of the step that it stands in. Where that
    cannot be, nothing is changed, and it is said in words why.
    """
    values = tuple(dict.fromkeys(values))
    why_not = _why_not(playback, number, values, translate)
    if why_not:
        return why_not
    # Where the step begins, its run has no names yet: there its code is what differs.
    has_begun = playback.session.place != Place(playback.shown)
    name = number.dial.name or number.dial.text
    if playback.status is Status.PAUSED and has_begun:
        _race_from_here(playback, number, values)
    else:
        source = _source(playback, number.step)
        turned = {value: replaced(source, number.dial, value)[0] for value in values}
        begin_with_step(
            playback, {f"{name} {value}": {number.step: code} for value, code in turned.items()}
        )
    playback.racing.name = name
    no_race = playback.racing.no_race
    return "" if no_race is None else no_race_words(no_race, playback.racing.name, translate)


def begin_with_step(playback: Playback, codes: Mapping[str, Mapping[int, str]]) -> None:
    """Race codes of the step that is shown, or of those before it, by their runs' names."""
    own = playback.step.cell
    own_source = "" if own is None else own.source
    playback.racing.begin_with_step(playback.shown, codes, playback.source, own_source)


def no_race_words(no_race: NoRace, name: str, translate: Translate) -> str:
    """Why a race did not begin."""
    match no_race:
        case NoRace.NOT_READ:
            words = translate("This run has no such {name} any more: race once it has ended.")
            return words.format(name=name)
        case NoRace.GONE:
            return translate("The run has gone from which they were to begin.")


def word_on_checks(translate: Translate) -> str:
    """Why nothing can be begun while the checks of an exercise run."""
    return translate("The checks run, at full speed: let them end, or stop them with s.")


def why_not_now(playback: Playback, translate: Translate) -> str:
    """Why no race can begin now, whatever is to be raced; "" where one can."""
    if playback.racing.is_on:
        return translate("A race is on: let it end, or stop it.")
    if playback.is_checking:
        return word_on_checks(translate)
    if playback.status in _UNDER_WAY or playback.is_elsewhere:
        return translate("A step is under way: pause it to race from there, or let it end.")
    if playback.status is Status.WAITING:
        return translate("A step runs once torch is imported: let it, or call it off with s.")
    if playback.status is Status.UNABLE:
        return translate("Nothing can run here: the output says why.")
    return ""


def why_not_from_beginning(playback: Playback, translate: Translate) -> str:
    """Why no race can begin with the step that is shown; "" where one can."""
    if playback.session.done < playback.shown:
        return translate("Run what comes before this step first: c.")
    if not any(outcome is not None for outcome in playback.outcomes) and not playback.is_busy:
        return translate("Run this step once first: then all begin from the same random numbers.")
    return ""


def why_not_by_name(playback: Playback, translate: Translate) -> str:
    """Why no number can be raced by its name, from here or from the beginning; "" where one can."""
    if not names_of_numbers(playback):
        if not dials_of(playback.source):
            return translate("There is no number to turn in this code.")
        return translate("No number here has a name: choose one with #, then enter several values.")
    return _why_not_here(playback, translate)


def _why_not_here(playback: Playback, translate: Translate) -> str:
    """What has to be done or to end before a number is raced, from here or from the beginning."""
    why_not = why_not_now(playback, translate)
    if why_not or playback.status is Status.PAUSED:
        return why_not
    return why_not_from_beginning(playback, translate)


def _why_not(
    playback: Playback, number: StepDial, values: Sequence[str], translate: Translate
) -> str:
    why_not = _why_not_here(playback, translate)
    if why_not:
        return why_not
    dial = number.dial
    if len(values) < 2:
        return translate("Two different numbers or more, please.")
    if dial.must_be_whole and not all(value.lstrip("-").isdigit() for value in values):
        return translate("Only a whole number can stand here.")
    source = _source(playback, number.step)
    if any(parsed(replaced(source, dial, value)[0]) is None for value in values):
        return translate("With this the code would be no Python.")
    given = [one.partition("=")[0].lstrip("-").replace("-", "_") for one in playback.arguments]
    if dial.is_option and dial.name in given:
        words = translate("{name} comes from the command line: take it out there first, with P.")
        return words.format(name=dial.name)
    return ""


def _race_from_here(playback: Playback, number: StepDial, values: Sequence[str]) -> None:
    (step, dial), place = number, playback.session.place
    if place is None:
        return
    ran = playback.record_of(step).source
    been = [one.text for one in dials_of(ran or "") if one.ordinal == dial.ordinal]
    known = playback.dialling.note(step, dial, *been, dial.text)
    others = [_source(playback, one) for one in range(playback.shown + 1) if one != step]
    line = _next_line(playback) if step == playback.shown else None
    places = live_places(_source(playback, step), dial, others, line)
    playback.racing.begin_from(WantedChange(place, dial.name, values, known, places))


def _next_line(playback: Playback) -> int | None:
    """The line that runs next of the step that is shown, counted from 0, where that is known."""
    cell, standing = playback.edits.cell_of(playback.shown), next_statement(playback)
    return None if cell is None or standing is None else standing.line - cell.line


def _numbers(playback: Playback) -> dict[str, StepDial]:
    """The numbers that have names, of each name the nearest."""
    sources = [_source(playback, step) for step in range(playback.shown + 1)]
    found: dict[str, StepDial] = {}
    for number in numbers_reaching(sources):
        if number.dial.name:
            found.setdefault(number.dial.name, number)
    return found


def _rates_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: not is_learning_rate(name))


def _source(playback: Playback, step: int) -> str:
    """The code of a step as the learner has it; "" where it has none."""
    cell = playback.edits.cell_of(step)
    return "" if cell is None else cell.source
