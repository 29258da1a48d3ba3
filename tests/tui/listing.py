"""Lessons for the tests of the list."""

from __future__ import annotations

from pathlib import Path

from driving import write_lesson

COUNTING = """
    # %% One
    runs = ["one"]
    # %% Two
    runs.append("two")
    # %% Three
    runs.append("three")
    print(*runs)
    # %% [markdown]
    # ## The end
    # Read, and that is all.
"""


def headed(english: str, korean: str, minutes: int) -> str:
    return f"""
        # ---
        # tutorch:
        #   title:
        #     en: {english}
        #     ko: {korean}
        #   summary:
        #     en: All about {english.lower()}.
        #     ko: {korean}의 모든 것.
        #   minutes: {minutes}
        # ---
        # %% Only
        1
    """


def write_three(folder: Path) -> Path:
    """Fill a folder with three lessons."""
    write_lesson(folder, headed("Tensors", "텐서", 10), "01_tensors.py")
    write_lesson(folder, headed("Logistic regression", "로지스틱 회귀", 20), "02_logistic.py")
    write_lesson(folder, headed("Softmax regression", "소프트맥스 회귀", 25), "03_softmax.py")
    return folder
