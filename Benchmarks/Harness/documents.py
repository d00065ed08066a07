"""Operations on documents, compared with the same calls in C, and through a function."""

from __future__ import annotations

import dataclasses
import re

from calling import limited, measure
from environment import Environment
from figures import Spread, spread
from processes import Failed, run
from report import Report, Section
from rest import DOCUMENT
from servers import ROOT, Emulator
from workspaces import DOCUMENTS_FILE, workspace

PROGRAM = ROOT / ".build/optimised/release/StoreOperations"
SECONDS = 300
ROW = re.compile(r"^\| (.+?) \| ([\d.]+) \| ([\d.]+) \| (-?[\d.]+) % \((-?[\d.]+)–(-?[\d.]+)\) \|$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Operation:
    """The microseconds in C and in ours, and the median, smallest and largest of the rounds' ratios of C to ours."""

    c: float
    ours: float
    ratio: Spread


def c_to_ours(emulator: Emulator) -> dict[str, Operation]:
    """Measures all operations in the emulator's MongoDB, in C and in ours in turn."""
    functions = str(emulator.folder / "functions")
    uri = run([str(emulator.program), "store", "uri", "--functions", functions], 60).output.strip()
    rows = ROW.findall(run([str(PROGRAM), uri], SECONDS).output)
    if not rows:
        raise Failed("StoreOperations printed no figures")
    return {
        name: Operation(float(c), float(ours), spread([100 / (100 + float(percent)) for percent in more]))
        for name, c, ours, *more in rows
    }


def measure_operations(section: Section, emulator: Emulator) -> None:
    """Measures single operations."""
    section.say(
        "Operations one after the other against the same calls in C, in turn, 15 rounds of 400; medians in"
        " microseconds, and of the rounds' ratios."
    )
    table = section.table("operations", operation="operation", ratio="C / ours", c="C (µs)", ours="ours (µs)")
    for name, figures in c_to_ours(emulator).items():
        table.rows.append({"operation": name, "ratio": figures.ratio, "c": figures.c, "ours": figures.ours})


def measure_function(environment: Environment, section: Section, emulator: Emulator) -> None:
    """Measures a function that uses documents."""
    section.say("A function that inserts a document and finds it again (MongoDB with its journal on this machine too):")
    table = section.table(
        "function", connections="connections", rate="calls a second", p50="p50 (ms)", p99="p99 (ms)", errors="errors",
        remark="remark",
    )
    count = 1 if environment.quick else environment.rounds
    for connections in (1, 8):
        rounds = [
            measure(DOCUMENT, emulator.port, emulator.name, connections, environment.seconds, environment.scratch)
            for _ in range(count)
        ]
        table.rows.append({
            "connections": connections, "rate": spread([each.rate for each in rounds]),
            "p50": spread([each.p50 for each in rounds]), "p99": spread([each.p99 for each in rounds]),
            "errors": sum(each.errors for each in rounds), "remark": limited(rounds),
        })


def measure_documents(environment: Environment, report: Report) -> None:
    """Measures operations and a function with a mongod that the emulator starts."""
    section = report.add("documents", "Documents")
    folder = workspace(environment.folder("documents"), DOCUMENTS_FILE)
    with Emulator(folder, store="mongod") as emulator:
        measure_operations(section, emulator)
        measure_function(environment, section, emulator)
