"""The memory that the emulator needs for big bodies, one after the other."""

from __future__ import annotations

from calling import Call, check
from environment import Environment
from figures import Goal
from report import Report
from servers import Emulator
from system import megabytes, reset_peak
from workspaces import with_bodies

LENGTH = 10_000_000
TIMES = 5


def length_of(length: int) -> Call:
    """Returns a call with an argument of the given number of bytes."""
    return Call("functions.scale.lengthOf", {"text": "x" * length}, length)


def text_of(length: int) -> Call:
    """Returns a call with a result of the given number of bytes."""
    return Call("functions.scale.textOf", {"length": length}, "x" * length)


def measure_big_bodies(environment: Environment, report: Report) -> None:
    """Measures the growth of the emulator's memory."""
    section = report.add("bodies", "Big bodies")
    section.say(
        f"An argument of 10 MB, then a result of 10 MB, {TIMES} times, one after the other; memory of the emulator"
        " alone. What has grown is the peak less what was resident before."
    )
    with Emulator(with_bodies(environment.folder("bodies"))) as emulator:
        for call in (length_of(100), text_of(100)):
            check(call, emulator.port, emulator.name)
        reset_peak(emulator.pid)
        before = megabytes(emulator.pid, "VmRSS")
        for _ in range(TIMES):
            for call in (length_of(LENGTH), text_of(LENGTH)):
                check(call, emulator.port, emulator.name)
        peak, after = megabytes(emulator.pid, "VmHWM"), megabytes(emulator.pid, "VmRSS")
    table = section.table(
        "memory", before="resident before (MB)", peak="peak (MB)", after="resident after (MB)", grown="grown (MB)"
    )
    table.rows.append({"before": before, "peak": peak, "after": after, "grown": peak - before})
    section.goal(Goal("growth of the emulator", peak - before, 60, "MB"))
