"""The figures that stay flat or grow with functions, workers, connections, the size of bodies, and files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import plot
from bodies import length_of, text_of
from calling import Call, Round, check, limited, measure
from environment import Environment
from figures import growth, spread
from processes import Failed
from report import Report, Section, Table
from saves import save_to_answer, since_launch
from servers import GREET, Emulator
from system import megabytes
from workspaces import changing, with_bodies, with_files, with_functions

CONNECTIONS = 64
MOST_ROUNDS = 3
PAUSE_MILLISECONDS = 5
PAUSE = Call("functions.scale.pause", {"milliseconds": PAUSE_MILLISECONDS}, PAUSE_MILLISECONDS)
BIG_TIMEOUT_SECONDS = 20
BUILD_LIMIT_SECONDS = 240

FIGURES = {"rate": "calls a second", "p50": "p50 (ms)", "p99": "p99 (ms)", "errors": "errors", "remark": "remark"}


class Series:
    """The medians of one kind of calls at each place, for sentences and plots."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rates: list[float] = []
        self.p99s: list[float] = []

    def add(self, table: Table, rounds: list[Round], **cells: str | float) -> None:
        """Adds the measurements at a place, also as a row of a table."""
        rate, p99 = spread([each.rate for each in rounds]), spread([each.p99 for each in rounds])
        self.rates.append(rate.median)
        self.p99s.append(p99.median)
        table.rows.append({
            **cells, "rate": rate, "p50": spread([each.p50 for each in rounds]), "p99": p99,
            "errors": sum(each.errors for each in rounds), "remark": limited(rounds),
        })

    def sentence(self) -> str:
        """Returns a sentence about the change of throughput and p99."""
        return f"{self.name}: {growth('throughput', self.rates)}, {growth('p99', self.p99s)}"


def conclude(
    section: Section, x_title: str, places: Sequence[float], labels: Sequence[str], series: list[Series],
    logarithmic: bool = False,
) -> None:
    """Adds the sentence and the plot of several series."""
    words = "; ".join(each.sentence() for each in series)
    section.say(words[0].upper() + words[1:] + ".")
    rates = [plot.Line(each.name, each.rates) for each in series]
    p99s = [plot.Line(each.name, each.p99s) for each in series]
    section.plot(section.name, [
        plot.Panel("calls a second", x_title, places, labels, rates, logarithmic),
        plot.Panel("p99 (ms)", x_title, places, labels, p99s, logarithmic),
    ])


def thinned(environment: Environment, places: Sequence[int]) -> Sequence[int]:
    """Returns the places to measure, which are only the first and the last with QUICK."""
    return (places[0], places[-1]) if environment.quick else places


def rounds_of(
    environment: Environment, emulator: Emulator, call: Call, connections: int, timeout: float = 2
) -> list[Round]:
    """Measures all rounds at one place."""
    rounds = 1 if environment.quick else min(environment.rounds, MOST_ROUNDS)
    return [
        measure(call, emulator.port, emulator.name, connections, environment.seconds, environment.scratch, timeout)
        for _ in range(rounds)
    ]


def measure_functions(environment: Environment, report: Report) -> None:
    """Measures calls of the last function with increasing numbers of functions."""
    section = report.add("scale-functions", "Scale: functions")
    if environment.quick:
        section.say("QUICK leaves this out.")
        return
    section.say(f"Generated functions, ten a file; the last is called on {CONNECTIONS} connections.")
    table = section.table(
        "functions", functions="functions", **FIGURES, build="clean build (s)", emulator="emulator's memory (MB)",
        worker="a worker's anonymous memory (MB)",
    )
    series, counts, builds = Series("a call"), (1, 100, 1000), []
    for count in counts:
        folder = environment.folder(f"functions-{count}")
        name = with_functions(folder, count)
        with Emulator(folder) as emulator:
            builds.append(since_launch(emulator) / 1000)
            call = Call(name, {"name": "Ada"}, f"Ada {count - 1}")
            measure(call, emulator.port, emulator.name, CONNECTIONS, 1, environment.scratch)
            rounds = rounds_of(environment, emulator, call, CONNECTIONS)
            series.add(table, rounds, functions=count)
            table.rows[-1] |= {
                "build": builds[-1], "emulator": megabytes(emulator.pid, "VmRSS"),
                "worker": spread([megabytes(pid, "RssAnon") for pid in emulator.workers()]),
            }
    section.say(growth("The clean build's time", builds) + ".")
    conclude(section, "functions", counts, [f"{count:,}" for count in counts], [series])


def measure_workers(environment: Environment, report: Report) -> None:
    """Measures a call that computes and one that waits with increasing numbers of workers."""
    section = report.add("scale-workers", "Scale: workers")
    counts = thinned(environment, (1, 2, 4, 8, 16))
    section.say(
        f"`--workers-max`, {CONNECTIONS} connections; `greet`, and a function that sleeps {PAUSE_MILLISECONDS} ms, of"
        f" which a worker can answer {1000 // PAUSE_MILLISECONDS} a second at most."
    )
    table = section.table("workers", workers="workers", function="function", **FIGURES)
    greet, pause = Series("greet"), Series(f"{PAUSE_MILLISECONDS} ms of sleep")
    folder = with_bodies(environment.folder("workers"))
    for count in counts:
        with Emulator(folder, workers_max=count) as emulator:
            for series, call in ((greet, GREET), (pause, PAUSE)):
                measure(call, emulator.port, emulator.name, CONNECTIONS, 1, environment.scratch)
                rounds = rounds_of(environment, emulator, call, CONNECTIONS)
                series.add(table, rounds, workers=count, function=series.name)
    conclude(section, "workers", counts, [str(count) for count in counts], [greet, pause])


def measure_connections(environment: Environment, report: Report) -> None:
    """Measures calls on increasing numbers of connections."""
    section = report.add("scale-connections", "Scale: connections")
    section.say("`greet` with as many workers as there are by default.")
    table = section.table("connections", connections="connections", **FIGURES, emulator="emulator's memory (MB)")
    series, counts = Series("greet"), thinned(environment, (1, 8, 64, 256, 1000))
    with Emulator(with_bodies(environment.folder("connections"))) as emulator:
        measure(GREET, emulator.port, emulator.name, CONNECTIONS, 1, environment.scratch)
        for count in counts:
            series.add(table, rounds_of(environment, emulator, GREET, count), connections=count)
            table.rows[-1]["emulator"] = megabytes(emulator.pid, "VmRSS")
    conclude(section, "connections", counts, [f"{count:,}" for count in counts], [series])


def size(length: int) -> str:
    """Returns a length in words."""
    for unit, bytes_each in (("MB", 1_000_000), ("KB", 1000)):
        if length >= bytes_each:
            return f"{length // bytes_each} {unit}"
    return f"{length} B"


def measure_bodies(environment: Environment, report: Report) -> None:
    """Measures calls with increasingly long arguments and results."""
    connections = 4
    section = report.add("scale-bodies", "Scale: size of bodies")
    section.say(
        f"A text as the argument of a function that answers its length, and as the result of one; {connections}"
        f" connections; a call may take {BIG_TIMEOUT_SECONDS} s."
    )
    table = section.table("bodies", size="size", direction="text in", **FIGURES, throughput="MB a second")
    argument, result = Series("argument"), Series("result")
    lengths = thinned(environment, (100, 1000, 10_000, 100_000, 1_000_000, 10_000_000))
    megabytes_a_second: dict[str, list[float]] = {argument.name: [], result.name: []}
    with Emulator(with_bodies(environment.folder("sizes"))) as emulator:
        kinds: list[tuple[Series, Callable[[int], Call]]] = [(argument, length_of), (result, text_of)]
        for series, call in kinds:
            measure(call(100), emulator.port, emulator.name, connections, 1, environment.scratch)
        for length in lengths:
            for series, call in kinds:
                rounds = rounds_of(environment, emulator, call(length), connections, BIG_TIMEOUT_SECONDS)
                series.add(table, rounds, size=size(length), direction=series.name)
                megabytes_a_second[series.name].append(series.rates[-1] * length / 1e6)
                table.rows[-1]["throughput"] = megabytes_a_second[series.name][-1]
    for name, values in megabytes_a_second.items():
        section.say(growth(f"MB a second with the text as {name}", values) + ".")
    conclude(section, "size of the text", lengths, [size(length) for length in lengths], [argument, result], True)


def measure_files(environment: Environment, report: Report) -> None:
    """Measures saves of one file with increasing numbers of files."""
    section = report.add("scale-files", "Scale: files")
    if environment.quick:
        section.say("QUICK leaves this out.")
        return
    saves, counts = 5, (1, 10, 100, 500, 2000)
    section.say(
        "Files under `functions/`: one with a function, which is saved and called at once, the others of three lines,"
        f" with a function that is not exposed; {saves} saves. A clean build has {BUILD_LIMIT_SECONDS} s; where that is"
        " not enough, the series ends."
    )
    table = section.table("files", files="files", build="clean build (ms)", save="save to answer (ms)")
    builds, answers = [], []
    for count in counts:
        folder = environment.folder(f"files-{count}")
        file = with_files(folder, count)
        emulator = Emulator(folder)
        emulator.ready_seconds = BUILD_LIMIT_SECONDS
        try:
            with emulator:
                builds.append(since_launch(emulator))
                check(changed(0), emulator.port, emulator.name)
                took = save_to_answer(emulator, file, saves, changing, changed)
        except Failed as failure:
            if "not within" not in str(failure):
                raise
            section.say(f"With {count:,} files a build or its answer took too long.")
            break
        answers.append(took.median)
        table.rows.append({"files": count, "build": builds[-1], "save": took})
    places = counts[: len(answers)]
    labels = [f"{count:,}" for count in places]
    builds = builds[: len(answers)]
    section.say(f"{growth('A clean build', builds)}; {growth('save to answer', answers)}.")
    section.plot(section.name, [
        plot.Panel("clean build (ms)", "files", places, labels, [plot.Line("clean build", builds)]),
        plot.Panel("save to answer (ms)", "files", places, labels, [plot.Line("save to answer", answers)]),
    ])


def changed(number: int) -> Call:
    """Returns a call of the saved function, which must answer a number."""
    return Call("functions.changing.changing", {}, number)


def measure_scale(environment: Environment, report: Report) -> None:
    """Measures all series."""
    for part in (measure_functions, measure_workers, measure_connections, measure_bodies, measure_files):
        part(environment, report)
