"""Where in the lesson's text a run stands, as the loops and the stepping by statements know it."""

from __future__ import annotations

from types import FrameType

from engine.loops.runtime import LoopRuntime
from engine.loops.stepping import StatementStepper
from engine.protocol.places import Spot, Stand


def spot_of(
    step: int, function: FrameType | None, loops: LoopRuntime, stepper: StatementStepper
) -> Spot:
    """Where the run of a step stands; `function` is the one of the lesson's that it is in."""
    name = "" if function is None else function.f_code.co_qualname
    standing = stepper.standing
    if standing is not None:
        line = standing.statement.line
        visits, since = stepper.visits_of(line)
        passes = loops.passes(Stand.STATEMENT)
        return Spot(step, Stand.STATEMENT, line, name, passes, standing.line_before, visits, since)
    passes = loops.passes(loops.stand)
    line = passes[-1].line if passes else 0
    return Spot(step, loops.stand, line, name, passes)
