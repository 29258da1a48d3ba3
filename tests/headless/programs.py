"""Programs of others: what they are given and ask for, and how they end."""

from agreeing import Form

PROGRAMS = {
    "main.py": Form(
        '''
#!/usr/bin/env python
"""A program.

With a docstring of its own.
"""
from __future__ import annotations

import os
import sys

RATE = 0.5


class Model:
    weight: Undefined = 1.0

    def step(self) -> AlsoUndefined:
        self.weight *= RATE
        return scaled(self.weight)


def main() -> int:
    model = Model()
    for step in range(4):
        print(step, model.step())
    print(__doc__, os.path.basename(__file__), os.path.isabs(__file__))
    print(sys.modules["__main__"].Model is Model)
    return 0


# A long function that is defined after what calls it

def scaled(value):
    """Twenty lines, so that the file is more than one glance."""
    result = value
    result = result + 1
    result = result - 1
    result = result * 2
    result = result / 2
    return result


"a text that is no docstring"
RATE * 2
if __name__ == "__main__":
    # %% a comment
    sys.exit(main())
''',
        "3 0.0625",
    ),
    "event_loop.py": Form(
        """
import asyncio


async def main():
    await asyncio.sleep(0)
    return asyncio.get_running_loop() is loop


loop = asyncio.get_event_loop()
print(loop.run_until_complete(main()), asyncio.get_event_loop() is loop)
print(asyncio.run(main()))
try:
    asyncio.get_event_loop()
except RuntimeError:
    print("no more loops")
""",
        "no more loops",
    ),
    "arguments.py": Form(
        """
import argparse
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=1)
parser.add_argument("words", nargs="*")
options = parser.parse_args()
for epoch in range(options.epochs):
    print("epoch", epoch, options.words)
print(sys.argv[1:], sys.argv[0] == __file__)
""",
        "epoch 1 ['a b', '--']",
        arguments=("--epochs", "2", "a b", "--", "--"),
    ),
    "wrong_arguments.py": Form(
        """
import argparse
print("before", flush=True)
argparse.ArgumentParser().parse_args()
print("never")
""",
        "before",
        arguments=("--epoch", "1"),
    ),
    "helped.py": Form(
        """
import argparse
argparse.ArgumentParser(description="What it does.").parse_args()
print("never")
""",
        "What it does.",
        arguments=("--help",),
    ),
    "asking.py": Form(
        """
import sys
name = input("name: ")
def shown(): pass
print(shown.__code__.co_filename == __file__, __file__, sys.argv)
for line in sys.stdin:
    print(name, line.strip())
try:
    input()
except EOFError:
    print("end")
""",
        "end",
        given="Ada\none\ntwo\n",
    ),
    "endless.py": Form(
        """
loss = 64.0
step = 0
while True:
    loss = loss / 2
    step += 1
    if loss < 1:
        break
else:
    print("never")
while step:
    step -= 1
    if step % 2:
        continue
    print(step, loss)
else:
    print("end")
""",
        "end",
    ),
    "methods.py": Form(
        """
class Trainer:
    def __init__(self):
        self.losses = []

    def fit(self, epochs):
        for epoch in range(epochs):
            self.losses.append(self._step(epoch))
        return self

    def _step(self, epoch):
        return sum(1 / (batch + epoch + 1) for batch in range(3))


trainer = Trainer().fit(3)
print([round(loss, 4) for loss in trainer.losses])
""",
        "[1.8333, ",
    ),
    "ending.py": Form(
        """
import atexit
import threading
import time


def told(name):
    print(name, flush=True)


atexit.register(told, "last, as it was registered first")
atexit.register(told, name="registered second")
atexit.register(print, "never")
atexit.unregister(print)
woken = threading.Event()
thread = threading.Thread(target=lambda: (woken.wait(), time.sleep(0.1), told("a thread")))
thread.start()
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
told(threading.current_thread().name)
woken.set()
raise SystemExit(5)
""",
        "last, as",
    ),
    "hooked.py": Form(
        """
import sys
import traceback

def told(kind, error, frames):
    print(kind.__name__, error, [frame.lineno for frame in traceback.extract_tb(frames)])

sys.excepthook = told
raise ValueError("a mistake")
""",
        "ValueError a mistake [",
    ),
    "names.py": Form(
        """
print(sorted(name for name in globals() if not name.startswith("__")), "_" in globals())
try:
    get_ipython()
except NameError:
    print("no notebook")
import sys
print("no prompt" if not hasattr(sys, "ps1") else sys.ps1)
""",
        "no prompt",
    ),
    "signals.py": Form(
        """
import os
import signal

signal.signal(signal.SIGTERM, lambda number, _: print("told to end", number))
os.kill(os.getpid(), signal.SIGTERM)
print("goes on")
signal.signal(signal.SIGALRM, lambda *_: print("it rings"))
signal.setitimer(signal.ITIMER_REAL, 0.05)
signal.pause()
print("end")
""",
        "end",
    ),
    "workers.py": Form(
        """
import multiprocessing


def squared(number):
    return number**2


if __name__ == "__main__":
    for method in ("fork", "spawn", "forkserver"):
        with multiprocessing.get_context(method).Pool(1) as pool:
            print(method, pool.map(squared, range(4)), flush=True)
""",
        "forkserver [0, 1, 4, 9]",
    ),
}
