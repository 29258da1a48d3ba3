from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import accumulate

import numpy as np
import pytest
import torch
from torch.nn import functional

from engine.judging.shapes import TooShort, classify, explain
from engine.loops.recorder import NEWEST, Series
from engine.protocol.curves import Reason, Shape
from engine.protocol.frame import SeriesSnapshot

SCORES = [[73.0, 80, 75], [93, 88, 93], [89, 91, 90], [96, 98, 100], [73, 66, 70]]
FINALS = [[152.0], [185], [180], [196], [142]]
SAMPLES = [
    [1.0, 2, 1, 1], [2, 1, 3, 2], [3, 1, 3, 4], [4, 1, 5, 5],
    [1, 7, 5, 5], [1, 2, 5, 6], [1, 6, 6, 6], [1, 7, 7, 7],
]  # fmt: skip
CLASSES = [2, 2, 2, 1, 1, 1, 0, 0]


def curve(values: Iterable[float]) -> SeriesSnapshot:
    series = Series("cost")
    for position, value in enumerate(values, 1):
        series.append(position, float(value))
    return series.snapshot()


def regression_costs(lr: float, epochs: int = 100) -> list[float]:
    """The costs of lesson 0's training."""
    x, y = torch.tensor(SCORES), torch.tensor(FINALS)
    W, b = torch.zeros(3, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    return costs_of(lambda: functional.mse_loss(x @ W + b, y), [W, b], lr, epochs)


def softmax_costs(lr: float, epochs: int = 100) -> list[float]:
    x, y = torch.tensor(SAMPLES), torch.tensor(CLASSES)
    W, b = torch.zeros(4, 3, requires_grad=True), torch.zeros(3, requires_grad=True)
    return costs_of(lambda: functional.cross_entropy(x @ W + b, y), [W, b], lr, epochs)


def minibatch_costs(size: int) -> list[float]:
    """The costs of a logistic regression, one for each mini-batch."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(512, 5, generator=generator)
    y = (x.sum(1, keepdim=True) > 0).float()
    w = torch.zeros(5, 1, requires_grad=True)
    order = torch.cat([torch.randperm(512, generator=generator) for _ in range(20)])
    batches = iter(order.split(size))

    def cost() -> torch.Tensor:
        chosen = next(batches)
        return functional.binary_cross_entropy_with_logits(x[chosen] @ w, y[chosen])

    return costs_of(cost, [w], 0.1, len(order) // size)


def costs_of(
    cost_now: Callable[[], torch.Tensor], parameters: list[torch.Tensor], lr: float, epochs: int
) -> list[float]:
    optimizer = torch.optim.SGD(parameters, lr=lr)
    costs = []
    for _ in range(epochs):
        cost = cost_now()
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
    return costs


# Real training


@pytest.mark.parametrize(
    ("lr", "shape"),
    [
        (1e-3, Shape.DIVERGES),
        (1e-4, Shape.DIVERGES),
        (4.7e-5, Shape.DIVERGES),
        (3e-5, Shape.CONVERGES),
        (1e-5, Shape.CONVERGES),
        (1e-6, Shape.CONVERGES),
        (1e-7, Shape.CRAWLS),
        (1e-9, Shape.CRAWLS),
    ],
)
def test_learning_rates_of_lesson_0_have_the_shapes_they_teach(lr: float, shape: Shape) -> None:
    facts = explain(curve(regression_costs(lr)))

    assert facts.shape is shape, facts


@pytest.mark.parametrize("epochs", [3, 5, 10, 20, 1_000])
@pytest.mark.parametrize(
    ("lr", "shape"), [(1e-3, Shape.DIVERGES), (1e-5, Shape.CONVERGES), (1e-9, Shape.CRAWLS)]
)
def test_the_shape_is_the_same_for_short_and_long_runs(
    lr: float, shape: Shape, epochs: int
) -> None:
    facts = explain(curve(regression_costs(lr, epochs)))

    assert facts.shape is shape, facts


@pytest.mark.parametrize("epochs", [20, 100])
@pytest.mark.parametrize("lr", [1.0, 0.5])
def test_softmax_with_a_large_step_bounces(lr: float, epochs: int) -> None:
    facts = explain(curve(softmax_costs(lr, epochs)))

    assert facts.shape is Shape.BOUNCES, facts


def test_softmax_far_above_its_start_diverges_though_it_wavers() -> None:
    facts = explain(curve(softmax_costs(1e5, 20)))

    assert (facts.reason, facts.shape) == (Reason.FAR_ABOVE, Shape.DIVERGES)


@pytest.mark.parametrize("lr", [1e-4, 1e-10])
def test_softmax_with_a_tiny_step_crawls(lr: float) -> None:
    facts = explain(curve(softmax_costs(lr)))

    assert facts.shape is Shape.CRAWLS, facts


@pytest.mark.parametrize("size", [4, 16, 64])
def test_the_noise_of_mini_batches_is_no_bouncing(size: int) -> None:
    facts = explain(curve(minibatch_costs(size)))

    assert facts.rises > 10
    assert facts.shape is Shape.CONVERGES, facts


# Curves made for one rule


@pytest.mark.parametrize("count", [30, 1_000, 60_000])
def test_noise_about_a_level_that_does_not_move_crawls(count: int) -> None:
    noise = np.random.default_rng(0).standard_normal(count)

    assert classify(curve(2.3 + 0.03 * noise)) is Shape.CRAWLS


@pytest.mark.parametrize("count", [30, 1_000, 60_000])
def test_a_noisy_fall_that_levels_off_converges(count: int) -> None:
    time = np.linspace(0, 1, count)
    noise = np.random.default_rng(0).standard_normal(count)

    facts = explain(curve(2.3 * np.exp(-8 * time) + 0.1 + 0.1 * noise))

    assert facts.shape is Shape.CONVERGES, facts


@pytest.mark.parametrize("count", [30, 1_000, 60_000])
def test_a_saw_bounces(count: int) -> None:
    teeth = 5 - 4 * ((np.linspace(0, 1, count) * 10) % 1)

    assert classify(curve(teeth)) is Shape.BOUNCES


def test_a_constant_curve_crawls() -> None:
    facts = explain(curve([2.3] * 50))

    assert (facts.reason, facts.shape) == (Reason.HARDLY_MOVED, Shape.CRAWLS)


def test_a_straight_fall_crawls_at_its_average_pace() -> None:
    facts = explain(curve(np.linspace(10, 5, 100)))

    assert facts.reason is Reason.STILL_FALLING
    assert facts.pace == pytest.approx(1.0)


def test_a_fall_that_climbs_back_diverges() -> None:
    facts = explain(curve(1 + np.abs(np.linspace(-1, 0.5, 200))))

    assert (facts.reason, facts.shape) == (Reason.ROSE, Shape.DIVERGES)
    assert facts.lowest < facts.end < facts.start


def test_a_negative_cost_that_levels_off_converges() -> None:
    values = (-1 - 3 * (1 - math.exp(-epoch / 8)) for epoch in range(60))

    assert classify(curve(values)) is Shape.CONVERGES


def test_what_lies_flat_for_a_fifth_of_the_run_and_then_falls_waits() -> None:
    plateau = 0.7 / (1 + np.exp(20 * (np.linspace(0, 1, 500) - 0.5)))

    facts = explain(curve(plateau))

    assert (facts.reason, facts.shape) == (Reason.FLAT_AT_FIRST, Shape.WAITS)


def test_a_fall_that_begins_slowly_but_at_once_does_not_wait() -> None:
    facts = explain(curve(np.cos(np.linspace(0.35, 2.8, 200))))

    assert facts.shape is not Shape.WAITS


def test_ripples_that_die_away_converge() -> None:
    values = (100 * math.exp(-step / 15) * (1 + math.cos(step / 3)) for step in range(100))

    assert classify(curve(values)) is Shape.CONVERGES


# What is not finite


@pytest.mark.parametrize("last", [math.nan, math.inf])
def test_a_curve_that_ends_in_nan_or_inf_diverges(last: float) -> None:
    facts = explain(curve([3.0, 2.0, 1.0, last, last]))

    assert facts.shape is Shape.DIVERGES
    assert facts.first_not_finite == 4
    assert (facts.start, facts.end) == (3.0, 1.0)


def test_a_curve_of_nan_alone_diverges() -> None:
    facts = explain(curve([math.nan] * 3))

    assert facts.reason is Reason.NOT_FINITE
    assert math.isnan(facts.start)


def test_a_gap_on_the_way_is_no_divergence() -> None:
    values = [5, math.nan, 3, 2, 1.5, 1.2, 1.1, 1.05, 1.01, 1.0]

    assert classify(curve(values)) is Shape.CONVERGES


def test_growth_up_to_the_largest_float_is_read_without_a_warning(
    recwarn: pytest.WarningsRecorder,
) -> None:
    values = accumulate([1e300] + [10.0] * 7, lambda cost, factor: cost * factor)

    assert classify(curve(values)) is Shape.DIVERGES
    assert not recwarn.list


# Facts


def test_facts_tell_the_values_that_stand_on_the_curve() -> None:
    falling = 3 * 0.9 ** np.arange(100)

    facts = explain(curve(falling))

    assert (facts.start, facts.end, facts.lowest) == (3.0, falling[-1], falling[-1])


def test_facts_count_how_often_the_curve_rose_again() -> None:
    facts = explain(curve([15.0, 5.0] * 10))

    assert facts.shape is Shape.BOUNCES
    assert facts.rises == 9


def test_a_curve_too_long_to_be_kept_whole_is_read_from_its_buckets() -> None:
    falling = np.exp(-np.linspace(0, 10, 4 * NEWEST))

    facts = explain(curve(falling))

    assert facts.start == pytest.approx(1.0, abs=0.01)
    assert facts.shape is Shape.CONVERGES


@pytest.mark.parametrize("values", [[], [1.0], [2.0, 1.0]])
def test_a_curve_of_fewer_than_three_values_has_no_shape(values: list[float]) -> None:
    with pytest.raises(TooShort, match="at least 3"):
        classify(curve(values))
