"""Which loops train by lines of their own, without `backward()` or an optimizer."""

from __future__ import annotations

import ast
from collections.abc import Callable

import pytest
from playing import Player

from engine.code.descents import descending_loops, descends
from engine.code.loop_names import Loop
from engine.protocol.noticed import Noticed, Slip

Play = Callable[..., Player]


def loop_of(body: str, head: str = "for step in range(9)") -> Loop:
    [loop] = ast.parse(f"{head}:\n    {body}").body
    assert isinstance(loop, Loop)
    return loop


@pytest.mark.parametrize(
    "body",
    [
        "w -= lr * grad",
        "w = w - 0.1 * (2 * X.T @ (X @ w - y) / len(y))",
        "dW = X.T @ e; W -= 0.5 * dW",
        "self.w_[1:] += self.eta * X.T.dot(y - self.predict(X))",
        "update = self.lr * (t - self.predict(x)); self.bias += update",
        "(g,) = torch.autograd.grad(f(w), w); w.data -= 0.1 * g",
        "Q[s, a] += alpha * (r + gamma * Q[n].max() - Q[s, a])",
        "theta -= learning_rate * slope_of(theta)",
        "w -= lr * X.T @ (X @ w - y) / len(y)",
        "w = w + alpha / (n * sigma) * N.T @ f(w)",
        "(g,) = torch.autograd.grad(f(x), x); x = x - t * g",
        "params = {k: (p - 0.1 * grads[k]).detach() for k, p in params.items()}",
        "(g,) = torch.autograd.grad(f(w), w); w.data.sub_(0.1 * g)",
        "(g,) = torch.autograd.grad(f(w), w); w.add_(g, alpha=-0.1)",
        "(g,) = grad(f(x), x); x = (x - 0.1 * g + 0.1 * noise).detach().requires_grad_()",
        "(g,) = torch.autograd.grad(f(x), x); x = torch.clamp(x - 0.1 * g, 0, 1)",
        "(g,) = grad(f(x), x); x = (x.detach() - 0.1 * g.sign()).clamp(low, high)",
        "for p, g in zip(ps, torch.autograd.grad(f(x), ps)): p.data -= 0.1 * g",
    ],
)
def test_a_step_against_a_gradient_is_training(body: str) -> None:
    assert descends(loop_of(body))


@pytest.mark.parametrize(
    "body",
    [
        *("x = x - f(x) / df(x)", "v -= 9.8 * dt; x += v * dt", "mean += alpha * (x - mean)"),
        *("total += lr * step", "x += (alpha * x - beta * x * y) * dt", "a, b = b, a + b"),
        *("count += 1", "total_grad += grad", "lr -= decay"),
        *("parts = [part - 1 for part in parts]", "total.add_(weight * size)", "seen.add_(1)"),
    ],
)
def test_what_a_loop_computes_otherwise_is_no_training(body: str) -> None:
    assert not descends(loop_of(body))


def test_a_loop_through_parameters_trains_by_the_loop_around_it() -> None:
    inner = "for k in params: params[k] -= lr * grads[k]"

    assert not descends(loop_of("params[k] -= lr * grads[k]", "for k in params"))
    assert descends(loop_of(inner))


def test_a_loop_trains_that_calls_a_function_which_moves_something() -> None:
    tree = ast.parse(
        "def step(w, grad):\n    w -= lr * grad\n"
        "for _ in range(9):\n    step(w, g(w))\n"
        "for _ in range(9):\n    print(w)\n"
    )

    assert [loop.lineno for loop in descending_loops([tree])] == [3]


def test_training_by_hand_without_a_curve_is_told_in_one_line(play: Play) -> None:
    player = play("""
        class Line:
            def fit(self, x, y):
                self.w = 0.0
                for _ in range(9):
                    self.w -= 0.1 * x * (self.w * x - y) * self.lr
            def never_called(self, w, grad):
                for _ in range(9):
                    w -= 0.1 * grad
        line = Line()
        line.lr = 1.0
        for row in range(40):
            table = [row] * 3
        line.fit(1.0, 2.0)
    """)

    player.run()

    told = [event for event in player.events() if isinstance(event, Noticed)]
    assert [(one.slip, one.line) for one in told] == [(Slip.NO_CURVE, 5)]
