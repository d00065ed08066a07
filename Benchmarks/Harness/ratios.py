"""The ratios that must not fall, which are measured, stored and compared."""

from __future__ import annotations

import contextlib
import json

from calls import CONNECTIONS, OURS, PLAIN, in_turn, start_ours
from documents import c_to_ours
from environment import Environment
from figures import compare_ratios, ratios, spread
from processes import Failed
from servers import ROOT, Emulator

STORED = ROOT / "Benchmarks/ratios.json"
DOCUMENT_RUNS = 3


def measured(environment: Environment) -> dict[str, float]:
    """Returns ours to the plain handler for each number of connections, and C to ours for each operation."""
    found = {}
    with contextlib.ExitStack() as stack:
        servers = start_ours(environment, stack)
        for each in servers:
            each.round(8, 1, environment.scratch)
        for connections in CONNECTIONS:
            rounds = in_turn(servers, connections, environment.rounds, environment.seconds, environment.scratch)
            errors = sum(each.errors for name in rounds for each in rounds[name])
            if errors:
                raise Failed(f"{errors} errors at {connections} connections")
            rates = {name: [each.rate for each in rounds[name]] for name in rounds}
            name = f"calls, {connections} connection{'s' if connections > 1 else ''}"
            found[name] = ratios(rates[OURS], rates[PLAIN]).median
        emulator = servers[0].server
        assert isinstance(emulator, Emulator)
        runs = [c_to_ours(emulator) for _ in range(DOCUMENT_RUNS)]
        for name in runs[0]:
            found[f"documents, {name}"] = spread([run[name].ratio.median for run in runs]).median
    return {name: round(ratio, 3) for name, ratio in found.items()}


def check(environment: Environment, store: bool) -> int:
    """Compares the ratios with the stored ones, or stores them, and returns the exit status."""
    stored = json.loads(STORED.read_text()) if STORED.exists() else {}
    found = measured(environment)
    compared = compare_ratios(stored, found)
    if store:
        STORED.write_text(json.dumps(found, indent=4) + "\n")
        for name, ratio in found.items():
            print(f"stored  {name}: {ratio}")
        return 0
    print("\n".join(compared.lines))
    return 1 if compared.failed else 0
