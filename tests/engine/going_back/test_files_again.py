"""Going back in a run that writes files: they go on from where they stood, and none is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from going import Traveller
from playing import wait_until

from engine.protocol.outcomes import Outcome
from engine.protocol.places import Place
from engine.protocol.status import Grain, Status


def test_a_file_is_written_on_from_where_it_stood(
    travel_by_moments: Callable[[str], Traveller], tmp_path: Path
) -> None:
    path = tmp_path / "log"
    traveller = travel_by_moments(
        f"# %%\nlog = open({str(path)!r}, 'w', buffering=1)\nfor i in range(9):\n"
        "    print(i, file=log)\nlog.close()\n"
    )
    traveller.session.step_on(0, Grain.INNER)
    traveller.wait_for(Status.PAUSED)
    traveller.look()
    traveller.run_on()

    traveller.go_to(Place(0, False, 1))
    traveller.run_on()

    assert path.read_text() == "".join(f"{i}\n" for i in range(9))


def test_temporary_files_are_as_they_were(
    travel_by_moments: Callable[[str], Traveller],
) -> None:
    traveller = travel_by_moments(
        "# %%\nfrom tempfile import NamedTemporaryFile, TemporaryFile\n"
        "nameless, named = TemporaryFile('w+'), NamedTemporaryFile('w+')\n"
        "for i in range(9):\n"
        "    print(i, file=nameless, flush=True)\n"
        "    print(i, file=named, flush=True)\n"
        "_ = nameless.seek(0)\n"
        "print(nameless.read() == open(named.name).read(), nameless.tell())\n"
        "nameless.close()\nnamed.close()\n"
    )
    traveller.session.step_on(0, Grain.INNER)
    traveller.wait_for(Status.PAUSED)
    traveller.look()
    original = traveller.run_on()

    traveller.go_to(Place(0, False, 1))
    traveller.run_on()

    assert original == "True 18\n"
    assert (traveller.ends[-1].outcome, traveller.written[0]) == (Outcome.DONE, original)


def test_a_temporary_folder_is_there_where_it_was(
    travel_by_moments: Callable[[str], Traveller],
) -> None:
    traveller = travel_by_moments(
        "# %%\nfrom pathlib import Path\nfrom tempfile import TemporaryDirectory\n"
        "with TemporaryDirectory() as folder:\n"
        "    for i in range(9):\n"
        "        written = Path(folder, 'last').write_text(str(i))\n"
        "    print(Path(folder, 'last').read_text())\n"
        "# %%\nprint(folder)\n"
    )
    traveller.session.step_on(0, Grain.INNER)
    traveller.wait_for(Status.PAUSED)
    traveller.look()
    original = traveller.run_on()

    traveller.go_to(Place(0, False, 1))
    traveller.run_on()
    folder = Path(traveller.finish_step(1).strip())
    traveller.session.close()

    assert original == "8\n"
    assert (traveller.ends[0].outcome, traveller.written[0]) == (Outcome.DONE, original)
    wait_until(lambda: not folder.exists(), "the folder to be removed")
