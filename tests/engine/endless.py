"""Cells that never end by themselves."""

from __future__ import annotations

ENDLESS = {
    "a tight loop": "while True: pass",
    "a loop over everything": "import itertools\nfor i in itertools.count(): pass",
    "a cell without loops": "total = sum(i for i in iter(int, 1))",
    "recursion": """
def walk(depth):
    return 1 if depth == 0 else walk(depth - 1) + walk(depth - 1)
walk(200)
""",
    "a bare except in the loop": """
while True:
    try:
        x = 0
    except:
        pass
""",
    "a bare except around the inner loop": """
while True:
    try:
        for i in range(10):
            x = 0
    except:
        pass
""",
    "a bare except where no loop is hooked": """
class Stubborn:
    def stay(self):
        caught = 0
        while caught < 3:
            try:
                while True:
                    pass
            except:
                caught += 1
        while True:
            pass
Stubborn().stay()
""",
    "a finally that loops": """
def stay():
    try:
        while True:
            pass
    finally:
        for i in range(3):
            pass
stay()
""",
    "a coroutine": """
import asyncio
async def stay():
    while True:
        await asyncio.sleep(0)
await stay()
""",
    "a generator": """
def numbers():
    while True:
        yield 1
total = sum(numbers())
""",
    "printing without end": """
class Loud:
    def speak(self):
        while True:
            print("again" * 200)
Loud().speak()
""",
}
