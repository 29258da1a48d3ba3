"""The teacher on curves that a rate spoils."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playing import Player
from taught import LINEAR, slips, taught_by

from engine.protocol.noticed import Slip

Play = Callable[..., Player]


def descending(rate: float, epochs: int, **more: str) -> str:
    return f"""
        optimizer = torch.optim.SGD(model.parameters(), lr={rate})
        {more.get("before", "pass")}
        for epoch in range({epochs}):
            {more.get("first", "pass")}
            cost = F.mse_loss(model(x), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
            {more.get("last", "pass")}
    """


def test_a_cost_that_is_no_number_any_more_is_told_with_where_it_began(play: Play) -> None:
    [told, *_] = taught_by(play, descending(1e6, 60), before=LINEAR)

    assert told.slip is Slip.NOT_FINITE
    assert told.names == ("cost",)
    assert told.code == "cost = F.mse_loss(model(x), y)"
    position, before = told.figures
    assert 2 <= position < 60
    assert before > 1e6


def test_a_cost_that_was_never_a_number_is_told(play: Play) -> None:
    code = """
        for epoch in range(6):
            cost = model(x).sum() * torch.log(torch.tensor(-1.0))
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """

    told = taught_by(play, code, before=LINEAR)

    assert (told[0].slip, told[0].figures) == (Slip.NOT_FINITE, (1.0,))


def test_a_rate_that_bounces_is_told_with_the_rate(play: Play) -> None:
    code = """
        w = torch.tensor(3.0, requires_grad=True)
        optimizer = torch.optim.SGD([w], lr=0.999)
        for epoch in range(40):
            cost = (w - 0.3).abs()
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """

    [told] = taught_by(play, code)

    assert told.slip is Slip.BOUNCES
    assert told.code == "optimizer = torch.optim.SGD([w], lr=0.999)"
    assert told.figures[2] == 0.999


def test_a_rate_that_lets_the_cost_grow_is_told(play: Play) -> None:
    assert slips(taught_by(play, descending(2.0, 30), before=LINEAR)) == [Slip.GROWS]


def test_a_rate_that_crawls_is_told(play: Play) -> None:
    [told] = taught_by(play, descending(1e-5, 60), before=LINEAR)

    assert told.slip is Slip.CRAWLS
    assert told.code == "optimizer = torch.optim.SGD(model.parameters(), lr=1e-05)"
    first, last, rate = told.figures
    assert 0.95 * first < last < first
    assert rate == 1e-5


def by_hand(rate: float, epochs: int, cost: str = "((x @ W - y) ** 2).mean()") -> str:
    return f"""
        W = torch.zeros(3, 1, requires_grad=True)
        learning_rate = {rate}
        for epoch in range({epochs}):
            cost = {cost}
            cost.backward()
            with torch.no_grad():
                W -= learning_rate * W.grad
            W.grad = None
    """


def test_the_rate_of_an_update_by_hand_is_not_that_of_an_older_optimizer(play: Play) -> None:
    [told] = taught_by(play, by_hand(2.0, 30), before=LINEAR)

    assert told.slip is Slip.GROWS
    assert told.code == "learning_rate = 2.0"


def of_a_logarithm(start: float, rate: float) -> str:
    """It is steep at the left and flat at the right: from there it comes back slowly."""
    return (
        f"v = torch.tensor({start}, requires_grad=True)\n"
        f"optimizer = torch.optim.SGD([v], lr={rate})\n"
        "for epoch in range(30):\n"
        "    cost = torch.log(v) ** 2\n"
        "    optimizer.zero_grad()\n"
        "    cost.backward()\n"
        "    optimizer.step()\n"
    )


SPOILING_RATES = {
    "no number, by hand": (by_hand(100.0, 60), Slip.NOT_FINITE),
    "no number, in a function": (
        """
        def train():
            for epoch in range(60):
                cost = F.mse_loss(model(x), y)
                optimizer.zero_grad()
                cost.backward()
                optimizer.step()

        optimizer.param_groups[0]["lr"] = 1e4
        train()
        """,
        Slip.NOT_FINITE,
    ),
    "bouncing, by hand": (by_hand(0.6, 60, "(W - 0.4).abs().sum()"), Slip.BOUNCES),
    "bouncing, with Adam": (
        """
        w = torch.tensor(0.3, requires_grad=True)
        optimizer = torch.optim.Adam([w], lr=0.9, betas=(0.0, 0.0))
        for epoch in range(40):
            cost = w.abs() + 0.1
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
        """,
        Slip.BOUNCES,
    ),
    "bouncing, beside what is picked": (
        by_hand(0.6, 60, "(W - 0.4).abs().sum() + 0 * x[0].sum()"),
        Slip.BOUNCES,
    ),
    "growing, by hand": (by_hand(1.2, 25), Slip.GROWS),
    "growing, thrown far above its start": (of_a_logarithm(3.0, 3.0), Slip.GROWS),
    "growing, thrown by the first step": (of_a_logarithm(0.1, 3.0), Slip.GROWS),
    "growing, uphill": (
        descending(0.05, 60).replace("cost.backward()", "(-cost).backward()"),
        Slip.GROWS,
    ),
    "crawling, by hand": (by_hand(1e-5, 60), Slip.CRAWLS),
    "crawling, with Adam": (
        descending(1e-6, 60).replace("optim.SGD", "optim.Adam"),
        Slip.CRAWLS,
    ),
}


@pytest.mark.parametrize(("code", "slip"), SPOILING_RATES.values(), ids=SPOILING_RATES)
def test_rates_that_spoil_a_cost_are_told_however_it_is_written(
    play: Play, code: str, slip: Slip
) -> None:
    assert slips(taught_by(play, code, before=LINEAR))[:1] == [slip]


RIGHT_RATES = {
    "good": descending(0.05, 60),
    "good, and long since there": descending(0.3, 200),
    "small batches": descending(
        0.05, 60, first="at = torch.randint(16, (2,)); rows, wanted = x[at], y[at]"
    ).replace("model(x), y", "model(rows), wanted"),
    "small batches of a rate that is small": descending(
        1e-5, 60, first="at = torch.randint(16, (2,)); rows, wanted = x[at], y[at]"
    ).replace("model(x), y", "model(rows), wanted"),
    "a schedule": descending(
        0.1,
        60,
        before="schedule = torch.optim.lr_scheduler.StepLR(optimizer, 10, gamma=0.1)",
        last="schedule.step()",
    ),
    "thrown far above by one step, and soon back": of_a_logarithm(0.5, 1.2)
    + "    optimizer.param_groups[0]['lr'] = 0.3\n",
    "a training of a larger cost after another": descending(0.05, 40)
    + """
        for epoch in range(40):
            cost = 1000 + 10 * F.mse_loss(model(x), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """,
    "two batches in turn, one of higher cost": """
        for epoch in range(40):
            for batch in range(2):
                cost = F.mse_loss(model(x[batch::2]), y[batch::2] + 3 * batch)
                optimizer.zero_grad()
                cost.backward()
                optimizer.step()
    """,
    "batches in turn by their number, one of higher cost": """
        for number in range(60):
            rows, wanted = x[number % 2 :: 2], y[number % 2 :: 2] + 3 * (number % 2)
            cost = F.mse_loss(model(rows), wanted)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
    """,
    "batches in turn without end, one of higher cost": """
        from itertools import cycle

        batches = cycle([(x[::2], y[::2]), (x[1::2], y[1::2] + 3)])
        number = 0
        while number < 60:
            rows, wanted = next(batches)
            cost = F.mse_loss(model(rows), wanted)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
            number += 1
    """,
    "a few epochs": descending(1e-5, 5),
    "no training at all": """
        for w in torch.linspace(-2, 6, 81):
            cost = (w - 2) ** 2
    """,
}


@pytest.mark.parametrize("code", RIGHT_RATES.values(), ids=RIGHT_RATES)
def test_costs_that_fall_or_waver_are_no_slip(play: Play, code: str) -> None:
    assert taught_by(play, code, before=LINEAR) == []
