"""The time from a save to the first answer of the new code."""

from __future__ import annotations

import pathlib
import time
from collections.abc import Callable

from calling import Call, check
from environment import Environment
from figures import Spread, spread
from report import Report
from servers import GREET, Emulator
from workspaces import GREET_FILE, large, linked, workspace


def save_to_answer(
    emulator: Emulator, file: pathlib.Path, times: int, text: Callable[[int], str], call: Callable[[int], Call]
) -> Spread:
    """Returns the milliseconds from saves to the answers of calls made at once, which must come from the new code."""
    measured = []
    for number in range(1, times + 1):
        new = text(number)
        start = time.monotonic()
        file.write_text(new)
        check(call(number), emulator.port, emulator.name)
        measured.append((time.monotonic() - start) * 1000)
    return spread(measured)


def since_launch(emulator: Emulator) -> float:
    """Returns the milliseconds since an emulator's start, which equal its build's time as soon as it is ready."""
    return (time.monotonic() - emulator.launched) * 1000


def measure_saves(environment: Environment, report: Report) -> None:
    """Measures saves in a small and in a large workspace, and the large one's clean build."""
    section = report.add("saves", "Save to answer")
    section.say(
        f"Milliseconds. A file is saved {environment.saves} times and its function called at once; every answer was the"
        " new code's."
    )
    table = section.table("saves", what="what", milliseconds="milliseconds")
    example = GREET_FILE.read_text()
    small = workspace(environment.folder("small"), GREET_FILE)
    with Emulator(small) as emulator:
        took = save_to_answer(
            emulator, small / "functions/example.swift", environment.saves,
            lambda number: example.replace("Greetings", f"Greetings {number},"),
            lambda number: Call(GREET.name, GREET.arguments, GREET.answer.replace("Greetings", f"Greetings {number},")),
        )
        table.rows.append({"what": "save, one file", "milliseconds": took})
    if environment.quick:
        section.say("QUICK leaves out the large workspace.")
        return
    folder = large(environment.folder("large"))
    with Emulator(folder) as emulator:
        built = since_launch(emulator)
        table.rows.append({"what": "clean build, 60 files with 300 functions", "milliseconds": built})
        took = save_to_answer(
            emulator, folder / "functions/f7.swift", environment.saves, lambda number: linked(7, number),
            lambda number: Call("functions.f6.a6", {}, [f"x {number}0 0", f"x {number}1 0"]),
        )
        table.rows.append({"what": "save, one of those 60 files", "milliseconds": took})
