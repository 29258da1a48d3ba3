"""Which numbers of a loop that computes are drawn for being printed or kept, and which are not."""

from __future__ import annotations

import textwrap

import pytest

from engine.code.curves import guessed_names

STEP = "e = f(w)\n    w = w - 0.1 * slope(w)\n    "
SHOWN = [
    *("errors.append(e)", "errors += [e.item()]", "h['e'].append(e)"),
    *("errors[step] = e", "errors[step, 0] = e.item()\n    print(errors[step, 0])"),
    *('print(f"{step}: {e:.3f}")', 'print("step", step, "e", round(e.item(), 3))'),
    *('print("e " + str(e.item()) + "!")', 'print("{} {x}".format(step, x=e))'),
    *('logging.info("%d %f", step, e)', 'logger.info(f"{e}")', 'sys.stdout.write(f"{e}")'),
    *("bar.set_postfix(e=e.item())", 'bar.set_postfix({"e": e})', 'bar.set_description(f"{e}")'),
]


def found_in(text: str) -> set[str]:
    return set(guessed_names(textwrap.dedent(text)))


@pytest.mark.parametrize("shown", SHOWN)
def test_a_computed_number_is_drawn_however_it_is_shown(shown: str) -> None:
    assert found_in(f"for step in range(9):\n    {STEP}{shown}") == {"e"}


@pytest.mark.parametrize(
    "loop",
    [
        "labels = near(x, c)\n    c = means(x, labels)\n    e = spread(x, c)",
        "p, q = q, p + q\n    e = p / q",
        "new = best_of(old)\n    e = gap(new, old)\n    old = new",
        "V[step] = max(V[one] for one in ways(step))\n    e = V[step] - 1",
        "e = 0\n    for a, b in pairs:\n        if a @ w != b:\n"
        "            w += b * a\n            e += 1",
        "model.partial_fit(x, y)\n    e = model.score(x, y)",
    ],
)
def test_what_goes_on_from_an_earlier_iteration_is_computed(loop: str) -> None:
    assert found_in(f"for step in range(9):\n    {loop}\n    print(step, e)") == {"e"}


@pytest.mark.parametrize(
    "loop",
    [
        *("e = step * step", "e = f(step)\n    e = e * 2", "e = f(step)\n    last = e"),
        *("n = n + 1\n    e = n", "n += step\n    e = n", "e = rows[step].strip()\n    e = len(e)"),
        "table[step] = f(step)\n    e = table[step]",
    ],
)
def test_what_each_iteration_makes_by_itself_is_a_table(loop: str) -> None:
    assert not found_in(f"for step in range(9):\n    {loop}\n    print(step, e)")


def test_what_a_method_has_set_is_drawn_where_it_is_kept() -> None:
    assert found_in("""
        class Mixture:
            def fit(self, x):
                for step in range(9):
                    shares = self.expect(x)
                    self.maximize(x, shares)
                    history.append(self.likelihood)
    """) == {"likelihood"}


def test_a_total_is_drawn_once_for_each_time_it_is_shown() -> None:
    assert found_in("""
        for episode in range(9):
            total, done = 0, False
            while not done:
                action = Q[state].argmax()
                after, reward, done = env.step(action)
                Q[state, action] += alpha * (reward + Q[after].max() - Q[state, action])
                state, total = after, total + reward
            if episode % 3 == 0:
                print("total reward", total)
    """) == {"total"}


def test_what_inner_loops_add_to_the_place_of_an_iteration_is_drawn() -> None:
    learning = """
        for episode in range(9):
            while not done:
                after, reward, done = env.step(Q[state].argmax())
                Q[state] += alpha * (reward + Q[after].max() - Q[state])
                state = after
                {}
    """

    assert found_in(learning.format("returns[episode] += reward")) == {"returns"}
    assert not found_in(learning.format("lengths[episode] += 1"))
    assert not found_in(learning.format("visits[state] += reward"))


def test_what_one_loop_keeps_hides_nothing_that_another_prints() -> None:
    loop = "for step in range(9):\n    w = w - 0.1 * slope(w)\n    "

    assert found_in(f"{loop}errors.append(f(w))\n{loop}print(step, gap(w))") == {"errors", "gap(w)"}
