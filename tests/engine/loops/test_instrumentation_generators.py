"""Hooked loops in generators and coroutines."""

from __future__ import annotations

from pathlib import Path

import pytest
from plainly import assert_hooks_change_nothing

CASES = {
    "generators": """
        def pairs(n):
            for i in range(n):
                sent = yield i
                if sent:
                    yield sent
            return "done"

        def outer(n):
            result = yield from pairs(n)
            yield result

        seen = list(outer(3))
        for value in pairs(4):
            for other in pairs(2):
                seen.append((value, other))
    """,
    "generators used in turns": """
        def count(name, n):
            i = 0
            while i < n:
                yield name, i
                i += 1
            for j in range(n):
                yield name, -j

        seen = []
        for a, b in zip(count("a", 3), count("b", 2)):
            seen.append((a, b))
        left, right = count("l", 3), count("r", 3)
        for _ in range(4):
            seen += [next(left), next(right), next(left)]
    """,
    "generators closed, thrown into and left": """
        told = []

        def careful(name):
            try:
                for i in range(10):
                    try:
                        got = yield i
                        told.append((name, "got", got))
                    except ValueError as error:
                        told.append((name, str(error)))
                while True:
                    yield "while"
            finally:
                told.append((name, "closed"))

        one = careful("one")
        told.append([next(one), one.send("hello"), one.throw(ValueError("thrown")), next(one)])
        one.close()
        for value in careful("two"):
            if value == 2:
                break
        three = careful("three")
        told.append(next(three))
        del three
        four = careful("four")
        for value in four:
            if value == "while":
                break
        told.append(next(four))
        four.close()
    """,
    "async": """
        import asyncio
        told = []

        async def ticks(n):
            for i in range(n):
                await asyncio.sleep(0)
                yield i

        async def worker(name):
            async for tick in ticks(3):
                for part in range(2):
                    told.append((name, tick, part))
                    await asyncio.sleep(0)
            else:
                told.append((name, "else"))
            n = 0
            while n < 3:
                n += 1
                await asyncio.sleep(0)
                told.append((name, "while", n))
            return [tick async for tick in ticks(2)]

        async def main():
            return await asyncio.gather(worker("a"), worker("b"))

        answers = await main()
        for i in range(2):
            await asyncio.sleep(0)
            told.append(await main())
    """,
}


@pytest.mark.parametrize("name", CASES)
def test_a_hooked_cell_does_what_a_plain_one_does(name: str, tmp_path: Path) -> None:
    assert_hooks_change_nothing(CASES[name], tmp_path)
