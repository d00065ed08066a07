"""The time that a newcomer waits: from a clone in which nothing is built to the first answer, and on to the tests."""

from __future__ import annotations

import contextlib
import os
import pathlib
import signal
import subprocess
import time

from calling import send
from environment import Environment
from figures import Goal
from processes import Failed, Server
from report import Report
from servers import GREET, ROOT
from system import first_line, processor_seconds

MAKE_SECONDS = 3600.0
BEGINNING = "==> Running the tests"


class Make(Server):
    """A run of `make` with a target, in a clone."""

    name = "make"
    ready_seconds = MAKE_SECONDS

    def __init__(self, folder: pathlib.Path, target: str) -> None:
        super().__init__(folder)
        self.target = target
        self.log = folder / f"make-{target}.log"
        self.processor = 0.0

    def command(self) -> list[str]:
        return ["make", self.target] + ([f"PORT={self.port}"] if self.target == "run" else [])

    def environment(self) -> dict[str, str]:
        # The variables of the make that runs the benchmark are not meant for this one.
        return dict.fromkeys(("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "ARGS", "PORT", "PYTHON", "QUICK"), "")

    def answers(self) -> bool:
        """Returns whether the first call is answered correctly, and then records the processor time used until then."""
        try:
            status, body = send(self.port, GREET.body(), MAKE_SECONDS)
        except (OSError, Failed):
            # Nothing listens yet.
            return False
        if not GREET.is_answered_by(status, body):
            return False
        self.processor = processor_seconds(self.pid)
        return True

    def begins(self) -> bool:
        """Returns whether the tests have begun, and records the processor time used until then."""
        self.processor = processor_seconds(self.pid)
        return BEGINNING in self.printed()


    def end_all(self) -> None:
        """Ends make and the processes that it has started, which would otherwise continue without it."""
        if self.process is None:
            return
        for number, seconds in ((signal.SIGTERM, 30.0), (signal.SIGKILL, 5.0)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                self.process.poll()
                try:
                    os.killpg(self.process.pid, 0)
                except ProcessLookupError:
                    return
                time.sleep(0.1)


def clone(revision: str, folder: pathlib.Path) -> pathlib.Path:
    """Returns a new clone of this package at a revision, which has only what is committed."""
    for command in (
        ["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)],
        ["git", "-C", str(folder), "checkout", "--quiet", "--detach", revision],
    ):
        ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if ran.returncode != 0:
            raise Failed(f"{' '.join(command)}: {ran.stderr.strip()}")
    return folder


def run(folder: pathlib.Path, target: str) -> tuple[float, float]:
    """Returns the seconds and processor seconds from `make` to the first answer, or until the tests begin."""
    make = Make(folder, target)
    make.launch()
    try:
        if target == "run":
            make.wait("answers", make.answers, MAKE_SECONDS, pause=0.2)
        else:
            make.wait("begins its tests", make.begins, MAKE_SECONDS, pause=0.2)
        return time.monotonic() - make.launched, make.processor
    finally:
        make.end_all()


def measure_first_build(environment: Environment, report: Report) -> None:
    """Measures `make run` in a clone of a base revision, if any, and then `make run` and `make test` in one of HEAD."""
    section = report.add("first-build", "The first build")
    section.say(
        "From `make run` in a new clone to the first right answer, and from `make test` after it to the first test."
        " Packages that SwiftPM and Debian have fetched before are not fetched again. One run each, in this order."
    )
    table = section.table(
        "first-build", revision="revision", answer="first answer (s)", answer_processor="of processors (s)",
        tests="then to the tests (s)", tests_processor="of processors (s) ",
    )
    head = first_line("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD")
    rows: dict[str, dict[str, float]] = {}
    for revision in [*([environment.base] if environment.base else []), head]:
        folder = clone(revision, environment.scratch / f"clone-{revision}")
        answer = run(folder, "run")
        tests = run(folder, "test") if revision == head else (None, None)
        rows[revision] = dict(zip(("answer", "answer_processor", "tests", "tests_processor"), (*answer, *tests)))
        table.rows.append({"revision": revision, **rows[revision]})
    if environment.base:
        share = rows[head]["answer_processor"] / rows[environment.base]["answer_processor"]
        section.goal(Goal(f"processors' time to the first answer, against {environment.base}", share, 0.5, "of it"))
    section.goal(Goal("first answer", rows[head]["answer"], 150, "s"))
    section.goal(Goal("then until the tests begin", rows[head]["tests"], 60, "s"))
