"""The time from a start to the answer of the first call, and the resources that an idle emulator needs."""

from __future__ import annotations

import pathlib
import time

from calling import Call, send
from environment import Environment
from figures import Goal, Spread, spread
from processes import Failed
from report import Report, Section
from servers import GREET, Emulator
from system import megabytes, switches
from workspaces import DOCUMENTS_FILE, GREET_FILE, workspace

ANSWER_SECONDS = 60
COMPANY = {"company": {"publicId": "bench", "name": "Bench"}}
DOCUMENT = Call("functions.documents.insertAndFind", {"text": "Oil changed"}, ..., COMPANY)


def first_answer(folder: pathlib.Path, store: str, call: Call) -> float:
    """Returns the milliseconds from an emulator's start to the first correct answer. Early calls are repeated."""
    emulator = Emulator(folder, store=store)
    try:
        emulator.launch()
        emulator.wait("listens", emulator.listens, ANSWER_SECONDS, pause=0.001)
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            status, body = send(emulator.port, call.body(), ANSWER_SECONDS)
            answered = time.monotonic()
            if call.is_answered_by(status, body):
                return (answered - emulator.launched) * 1000
            if status < 500 or answered > deadline:
                raise Failed(f"after a start, {call.name} is answered {status} {body[:500].decode(errors='replace')}")
            time.sleep(0.002)
    finally:
        emulator.stop()


def measure_start(environment: Environment, section: Section, folder: pathlib.Path) -> None:
    """Measures starts in a workspace that is already built."""
    section.say(
        f"From `exec` of `workspace run` to the first right answer, with nothing to build; {environment.starts} starts"
        " each, in turn, milliseconds. A document is inserted and found again in the last."
    )
    kinds: list[tuple[str, str, Call, float]] = [
        ("greet, without a document store", "none", GREET, 400),
        ("greet, with a mongod to start", "mongod", GREET, 800),
        ("a document, with a mongod to start", "mongod", DOCUMENT, 800),
    ]
    times: dict[str, list[float]] = {name: [] for name, *_ in kinds}
    for _ in range(environment.starts):
        for name, store, call, _ in kinds:
            times[name].append(first_answer(folder, store, call))
    table = section.table("start", what="first call", milliseconds="milliseconds")
    for name, _, _, bound in kinds:
        table.rows.append({"what": name, "milliseconds": spread(times[name])})
    for name, _, _, bound in kinds:
        section.goal(Goal(f"first call: {name}", spread(times[name]).median, bound, "ms"))


def measure_rest(environment: Environment, section: Section, folder: pathlib.Path) -> None:
    """Measures an emulator that has answered one call and has been idle since."""
    seconds = 3 if environment.quick else 10
    with Emulator(folder) as emulator:
        send(emulator.port, GREET.body())
        time.sleep(2)
        workers = emulator.workers()
        if not workers:
            raise Failed("an idle emulator has no worker")
        processes = [emulator.pid, *workers]
        before, start = {pid: switches(pid) for pid in processes}, time.monotonic()
        time.sleep(seconds)
        passed = time.monotonic() - start
        after = {pid: switches(pid) for pid in processes}
        wakeups = {pid: (after[pid] - before[pid]) / passed for pid in processes}
        resident = megabytes(emulator.pid, "VmRSS")

        def of_workers(key: str) -> Spread:
            return spread([megabytes(pid, key) for pid in workers])

        section.say(
            "An emulator that has answered one call and then had nothing to do, without a document store:"
            f" {len(workers)} workers; wake-ups (voluntary switches of context of all threads) over {seconds} s."
            " A MB has 1,000,000 bytes."
        )
        table = section.table(
            "rest", process="process", resident="resident (MB)", anonymous="of it anonymous (MB)",
            wakeups="wake-ups a second",
        )
        table.rows.append({
            "process": "emulator", "resident": resident, "anonymous": megabytes(emulator.pid, "RssAnon"),
            "wakeups": wakeups[emulator.pid],
        })
        table.rows.append({
            "process": "a worker", "resident": of_workers("VmRSS"), "anonymous": of_workers("RssAnon"),
            "wakeups": spread([wakeups[pid] for pid in workers]),
        })
        section.goal(Goal("resident memory of the emulator", resident, 40, "MB"))
        section.goal(Goal("anonymous memory of a worker", max(of_workers("RssAnon").values), 10, "MB"))
        section.goal(Goal("wake-ups of all together", sum(wakeups.values()), 5, "a second"))


def measure_start_and_rest(environment: Environment, report: Report) -> None:
    """Measures starts and rest in one workspace."""
    section = report.add("rest", "Start and rest")
    folder = workspace(environment.folder("rest"), GREET_FILE, DOCUMENTS_FILE)
    with Emulator(folder):
        pass
    measure_start(environment, section, folder)
    measure_rest(environment, section, folder)
