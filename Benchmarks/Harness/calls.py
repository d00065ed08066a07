"""Calls of `greet`: the emulator, the plain handler and the Python peers in turn."""

from __future__ import annotations

import contextlib
import dataclasses
import pathlib

from calling import TIMEOUT_SECONDS, Call, Round, limited, measure
from environment import Environment
from figures import Goal, ratios, spread
from report import Report, Section
from servers import GREET, Emulator, FunctionsFramework, Mongod, Original, PlainHandler, Server
from workspaces import GREET_FILE, workspace

CONNECTIONS = (1, 8, 64)
OURS, PLAIN, FRAMEWORK, ORIGINAL = "ours", "plain", "functions-framework", "ixoncdkingress"
ORIGINAL_CALL = dataclasses.replace(GREET, name="example.greet")


@dataclasses.dataclass(frozen=True)
class Measured:
    """A server to measure, and the call that is sent to it."""

    name: str
    server: Server
    call: Call = GREET

    def round(self, connections: int, seconds: float, scratch: pathlib.Path) -> Round:
        """Measures one round."""
        return measure(self.call, self.server.port, self.server.name, connections, seconds, scratch)


def in_turn(
    servers: list[Measured], connections: int, rounds: int, seconds: float, scratch: pathlib.Path
) -> dict[str, list[Round]]:
    """Measures the servers in turn, round by round, so that other activity on the machine affects all of them alike."""
    measured: dict[str, list[Round]] = {each.name: [] for each in servers}
    for _ in range(rounds):
        for each in servers:
            measured[each.name].append(each.round(connections, seconds, scratch))
    return measured


def start_ours(environment: Environment, stack: contextlib.ExitStack) -> list[Measured]:
    """Starts the emulator with `greet`, and the plain handler."""
    folder = workspace(environment.folder("calls"), GREET_FILE)
    return [
        Measured(OURS, stack.enter_context(Emulator(folder, store="mongod"))),
        Measured(PLAIN, stack.enter_context(PlainHandler(environment.folder("plain")))),
    ]


def start_peers(environment: Environment, stack: contextlib.ExitStack, section: Section) -> list[Measured]:
    """Starts the available peers, and reports how each of them runs or why it is missing."""
    started = []
    if environment.functions_framework.python:
        server = FunctionsFramework(environment.folder("framework"), environment.functions_framework.python)
        started.append(Measured(FRAMEWORK, stack.enter_context(server)))
        section.say(
            f"{FRAMEWORK} runs as its own command starts it in production: on gunicorn, with one process and four"
            " threads a core."
        )
    else:
        section.say(f"{FRAMEWORK} is missing: {environment.functions_framework.missing}.")
    if environment.original.python:
        mongod = stack.enter_context(Mongod(environment.folder("mongod"), environment.mongod))
        server = Original(environment.folder("original"), environment.original.python, mongod)
        started.append(Measured(ORIGINAL, stack.enter_context(server), ORIGINAL_CALL))
        section.say(
            f"{ORIGINAL} runs in its development mode, on wsgiref, the only server that it has; it answers one call a"
            " connection and one at a time. Signed calls in its production mode are not measured."
        )
    else:
        section.say(f"{ORIGINAL} is missing: {environment.original.missing}.")
    return started


def measure_calls(environment: Environment, report: Report) -> None:
    """Measures all servers, and reports whether the goals hold."""
    section = report.add("calls", "Calls")
    section.say(
        "`greet` through a worker process (ours), against a plain Hummingbird handler (plain) and Python peers with the"
        f" same body and answer, in turn, {environment.rounds} rounds of {environment.seconds:g} s each at every number"
        " of connections. Medians (min–max); a ratio is taken in each round. Errors are those of sockets,"
        f" answers that take {TIMEOUT_SECONDS} s, and statuses from 400 on; the answer's body is checked before each"
        " round."
    )
    with contextlib.ExitStack() as stack:
        servers = start_ours(environment, stack)
        servers += start_peers(environment, stack, section)
        for each in servers:
            each.round(8, 1, environment.scratch)
        peers = [each.name for each in servers[1:]]
        against = section.table(
            "ratios", connections="connections", **{name: f"calls a second, ours / {name}" for name in peers}
        )
        figures = section.table(
            "figures", connections="connections", server="server", rate="calls a second", p50="p50 (ms)",
            p99="p99 (ms)", errors="errors", client="share of a core that wrk used", remark="remark",
        )
        for connections in CONNECTIONS:
            measured = in_turn(servers, connections, environment.rounds, environment.seconds, environment.scratch)
            rates = {name: [each.rate for each in rounds] for name, rounds in measured.items()}
            compared = {name: ratios(rates[OURS], rates[name]) for name in peers}
            against.rows.append({"connections": connections, **compared})
            for name, rounds in measured.items():
                figures.rows.append({
                    "connections": connections, "server": name, "rate": spread(rates[name]),
                    "p50": spread([each.p50 for each in rounds]), "p99": spread([each.p99 for each in rounds]),
                    "errors": sum(each.errors for each in rounds), "client": spread([each.client for each in rounds]),
                    "remark": limited(rounds),
                })
        p99 = spread([each.p99 for each in measured[OURS]]).median
    section.goal(Goal("at 64 connections, ours / plain", compared[PLAIN].median, 0.5, at_least=True))
    if FRAMEWORK in compared:
        section.goal(Goal(f"at 64 connections, ours / {FRAMEWORK}", compared[FRAMEWORK].median, 10, at_least=True))
    section.goal(Goal("at 64 connections, p99 of ours", p99, 10, "ms"))
