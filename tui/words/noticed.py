"""What the teacher has noticed, in one sentence: the place, what goes wrong, and the mend."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.protocol.noticed import Noticed, Slip
from tui.language.catalogue import Translate
from tui.rendering.remarks import Remark

_HUGE = 1e6


def noticed_remarks(noticed: Sequence[Noticed], translate: Translate) -> list[Remark]:
    """A warning for each."""
    return [Remark(noticed_words(one, translate), False, is_warning=True) for one in noticed]


def noticed_words(noticed: Noticed, translate: Translate) -> str:
    """One sentence, which begins with the line where there is one."""
    words = _words(noticed, translate)
    if noticed.line is None:
        return words
    return translate("Line {line}: {words}").format(line=noticed.line, words=words)


def _words(noticed: Noticed, translate: Translate) -> str:
    match noticed.slip:
        case Slip.BROADCAST | Slip.SHAPES:
            return _of_shapes(noticed, translate)
        case Slip.FIRST_NOT_FINITE:
            return _of_operation(noticed, translate)
        case Slip.NOT_FINITE | Slip.BOUNCES | Slip.GROWS | Slip.CRAWLS:
            return _of_curve(noticed, translate)
        case Slip.NO_CURVE:
            return translate(
                "this trains, and no curve shows it: none of the file's own lines assigns, prints"
                " or logs its cost in a loop. Start with --watch NAME to draw the curve of a name."
            )
        case Slip.ELSEWHERE:
            told = translate(
                "{function}() trains in a process or thread of its own: no curve shows what it"
                " does, and no pause holds it. To watch it, call it directly."
            )
            return told.format(function=noticed.names[0])
        case Slip.NO_MOMENTS:
            told = translate(
                "the thread {thread} runs beside this training, and no moment of it can be kept:"
                " to go back runs the step again."
            )
            return told.format(thread=noticed.names[0])
        case Slip.RETURNED_NONE | Slip.RETURNED_ON_SOME_WAYS | Slip.HIDDEN_IN_LIST | Slip.USED_UP:
            return _of_definition(noticed, translate)
        case Slip.TRAINING_MODE | Slip.DEAD | Slip.SQUASHED_TWICE:
            return _of_code(noticed, translate)
    return _of_gradients(noticed, translate)


def _of_gradients(noticed: Noticed, translate: Translate) -> str:
    names = noticed.names
    match noticed.slip:
        case Slip.NEVER_ZEROED if names[1]:
            told = translate(
                "the gradients are never emptied, so each adds to those before:"
                " call {optimizer}.zero_grad() before backward()."
            )
            return told.format(optimizer=names[1])
        case Slip.NEVER_ZEROED:
            told = translate(
                "the gradient of {name} is never emptied, so each adds to those before:"
                " set {name}.grad = None after the update."
            )
            return told.format(name=names[0])
        case Slip.NO_BACKWARD:
            told = translate(
                "{optimizer} steps without gradients: call backward() on the cost"
                " after zero_grad() and before step()."
            )
            return told.format(optimizer=names[0])
        case Slip.NOT_OPTIMIZED:
            told = translate(
                "{names}: there is a gradient, but no optimizer moves it:"
                " give it to {optimizer}, or set requires_grad to False."
            )
            return told.format(names=", ".join(names[:-1]), optimizer=names[-1])
        case Slip.REPLACED:
            told = translate(
                "this makes a new {name}, which is no parameter any more:"
                " update it in place, {name} -= …, under torch.no_grad()."
            )
            return told.format(name=names[0])
        case Slip.IN_GRAPH:
            told = translate(
                "{name} is updated while torch records: put the update under torch.no_grad()."
            )
            return told.format(name=names[0])
        case Slip.CUT_OFF if names[0].endswith(("no_grad()", "inference_mode()", "(False)")):
            told = translate(
                "{block} has the cost made without gradients, so backward() finds none:"
                " keep what trains out of it."
            )
            return told.format(block=names[0])
        case Slip.CUT_OFF:
            told = translate(
                "{part} cuts the cost off its parameters, so backward() finds no gradient:"
                " make the cost without it."
            )
            return told.format(part=names[0])
        case Slip.SWITCHED_OFF:
            told = translate(
                "{call} still holds, so the cost is made without gradients:"
                " put what needs none under torch.no_grad() instead."
            )
            return told.format(call=names[0])
        case Slip.NOT_ASKING:
            told = translate("nothing asks for the gradient of {names}: set requires_grad=True.")
            return told.format(names=", ".join(names))
    told = translate(
        "no gradient has come to {names}: backward() must have run, on a cost that depends on it"
        " without detach(), item() or no_grad() in between."
    )
    return told.format(names=", ".join(filter(None, names)) or translate("some parameters"))


def _of_shapes(noticed: Noticed, translate: Translate) -> str:
    shapes = [str(list(shape)) for shape in noticed.shapes]
    names = [*noticed.names, "", ""]
    shown = [f"{name} {shape}".strip() for name, shape in zip(names, shapes, strict=False)]
    if noticed.slip is Slip.SHAPES:
        told = translate("these shapes do not fit: {shapes}. Make one fit the other.")
        return told.format(shapes=", ".join(shown))
    if len(noticed.names) == len(shapes):
        told = translate("{one} against {other}: give both the same shape, as with y.view_as(x).")
        return told.format(one=shown[0], other=shown[1])
    if len(shapes) == 2:
        told = translate(
            "{one} against a target of another shape makes {result} errors:"
            " give both the same shape, as with y.view_as(x)."
        )
        return told.format(one=shown[0], result=shapes[1])
    told = translate(
        "{one} against {other} makes {result} errors:"
        " give both the same shape, as with y.view_as(x)."
    )
    return told.format(one=shown[0], other=shown[1], result=shapes[2])


def _of_curve(noticed: Noticed, translate: Translate) -> str:
    name, figures = noticed.names[0], noticed.figures
    if noticed.slip is Slip.NOT_FINITE:
        position, *before = figures
        values = {"name": name, "position": f"{position:,.0f}"}
        if not before:
            told = translate(
                "{name} is no finite number at iteration {position}:"
                " look for a division by 0, or a log or root of 0 or less."
            )
        elif abs(before[0]) > _HUGE:
            told = translate(
                "{name} grew to {before} and is no finite number at iteration {position}:"
                " take a smaller learning rate."
            )
        else:
            told = translate(
                "{name} was {before} and is no finite number at iteration {position}:"
                " look for a division by 0, or a log or root of 0 or less."
            )
        return told.format(before=_spoken(before[0]) if before else "", **values)
    first, last, *rate = map(_spoken, figures)
    match noticed.slip:
        case Slip.BOUNCES:
            told = translate(
                "{name} bounces, from {first} to {last}: take a smaller learning rate{rate}."
            )
        case Slip.GROWS:
            told = translate(
                "{name} grows, from {first} to {last}: take a smaller learning rate{rate}."
            )
        case _:
            told = translate(
                "{name} crawls, from {first} to {last}: take a larger learning rate{rate}."
            )
    than = translate(" than {rate}").format(rate=rate[0]) if rate else ""
    return told.format(name=name, first=first, last=last, rate=than)


def _of_operation(noticed: Noticed, translate: Translate) -> str:
    operation, whose = noticed.names
    if whose == "gradient":
        told = translate(
            "the gradient of {operation} is the first number that is not finite:"
            " keep what goes in away from 0, as with clamp(min=1e-6)."
        )
        return told.format(operation=operation)
    if not noticed.figures:
        told = translate("{operation} makes the first number that is not finite.")
        return told.format(operation=operation)
    lowest, highest = noticed.figures
    if max(-lowest, highest) > _HUGE:
        told = translate(
            "{operation} makes the first number that is not finite, of {lowest} to {highest}:"
            " take a smaller learning rate, or numbers nearer to 1."
        )
    else:
        told = translate(
            "{operation} makes the first number that is not finite, of {lowest} to {highest}:"
            " keep what goes in where it has a value, as with clamp(min=1e-6)."
        )
    return told.format(operation=operation, lowest=_spoken(lowest), highest=_spoken(highest))


def _of_code(noticed: Noticed, translate: Translate) -> str:
    names = noticed.names
    match noticed.slip:
        case Slip.TRAINING_MODE:
            told = translate(
                "{model} is evaluated while its {layer} is in training mode:"
                " call {model}.eval() before, and {model}.train() after."
            )
            return told.format(model=names[0], layer=names[1])
        case Slip.DEAD:
            told = translate(
                "{count} of {total} neurons of {layer} give 0 whatever comes in, and learn no more:"
                " take a smaller learning rate, another start, or leaky_relu."
            )
            count, total = noticed.figures
            layer = names[0] or translate("a layer")
            return told.format(count=f"{count:.0f}", total=f"{total:.0f}", layer=layer)
    told = translate(
        "the loss takes {operation} by itself, so it is taken twice:"
        " give it what comes before {operation}."
    )
    return told.format(operation=names[1])


def _of_definition(noticed: Noticed, translate: Translate) -> str:
    name = noticed.names[0]
    match noticed.slip:
        case Slip.USED_UP:
            told = translate(
                "{name} gives its parameters only once, and had given them before:"
                " write {name} = list({made})."
            )
            return told.format(name=name, made=noticed.names[1])
        case Slip.RETURNED_NONE:
            told = translate("{function} returns nothing, and what it made is used: return it.")
        case Slip.RETURNED_ON_SOME_WAYS:
            told = translate(
                "{function} came to its end without return, and what it returns is used:"
                " return a value there too."
            )
        case _:
            told = translate(
                "{list} is a plain list, which hides what it holds from parameters():"
                " make it an nn.ModuleList, of a dict an nn.ModuleDict,"
                " of parameters an nn.ParameterList."
            )
            return told.format(list=name)
    return told.format(function=f"{name}()")


def _spoken(number: float) -> str:
    if 1000 <= abs(number) < 1e6:
        return f"{number:,.0f}"
    # As it stands in code: 5e-5, and not 5e-05.
    return re.sub(r"e\+?(-?)0*", r"e\1", f"{number:.4g}")
