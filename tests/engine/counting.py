"""A lesson that counts, and leaves a line in a file each time that its first step runs."""

from __future__ import annotations

from pathlib import Path

COUNTING = """
# %% Slow
with open("ran", "a") as file:
    file.write("ran\\n")
print("first")
# %% Count
total = 0
for i in range(20):
    total += i
    print(i, total)
"""


def in_folder(text: str, folder: Path) -> str:
    return text.replace('"ran"', repr(str(folder / "ran")))
