"""Which files the code of a lesson leads to by its imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.running.files_beside import texts_beside

FILES = {
    "train.py": "from parts import inner\nimport torch",
    "parts/__init__.py": "# the package",
    "parts/inner.py": "from .steps import step\nfrom ..train import again\nfrom ....... import far",
    "parts/steps.py": "import parts.inner",
    "other.py": "# nobody imports it",
    "broken.py": "def (",
}
LEADS_TO = {
    "import train": {"train.py", "parts/__init__.py", "parts/inner.py", "parts/steps.py"},
    "def late():\n    from parts.steps import step": {
        *("parts/__init__.py", "parts/steps.py", "parts/inner.py", "train.py")
    },
    "import broken, missing, os": {"broken.py"},
    "from parts import *": {"parts/__init__.py"},
}


@pytest.mark.parametrize("code", LEADS_TO)
def test_imports_lead_to_the_files_beside(tmp_path: Path, code: str) -> None:
    folder = tmp_path / "project"
    (folder / "parts").mkdir(parents=True)
    (tmp_path / "far.py").write_text("# above the lesson's folder", encoding="utf-8")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")

    texts = texts_beside(folder, [code])

    assert {name for name, text in FILES.items() if text in texts} == LEADS_TO[code]
    assert len(texts) == len(LEADS_TO[code])
