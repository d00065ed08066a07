"""Measures the emulator and writes a report; with --check, compares its ratios with those that are stored."""

from __future__ import annotations

import argparse
import os
import pathlib
import sys
import tempfile
import time
from collections.abc import Callable

import ratios
from bodies import measure_big_bodies
from calls import measure_calls
from documents import measure_documents
from environment import Environment, Peer, peer, versions
from first_build import measure_first_build
from processes import Failed, end_on_signals, raise_descriptor_limit
from report import Report
from rest import measure_start_and_rest
from saves import measure_saves
from scale import measure_scale
from servers import ROOT
from system import head

REPORT = ROOT / ".workspace/bench"
PARTS: dict[str, Callable[[Environment, Report], None]] = {
    "calls": measure_calls,
    "rest": measure_start_and_rest,
    "scale": measure_scale,
    "bodies": measure_big_bodies,
    "documents": measure_documents,
    "saves": measure_saves,
    "first-build": measure_first_build,
}
# The parts that are measured only if they are named. The first build takes many minutes, and depends on what the
# machine has fetched before.
ON_DEMAND = {"first-build"}


def arguments() -> argparse.Namespace:
    """Returns the options of the command line."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--mongod", help=argparse.SUPPRESS)
    names = ", ".join(PARTS)
    parser.add_argument("--only", metavar="PART", action="append", choices=PARTS, help=f"measure only this: {names}")
    parser.add_argument("--quick", action="store_true", help="short rounds, and less of everything: two minutes in all")
    parser.add_argument("--rounds", type=int, help="how many rounds at each place (5)")
    parser.add_argument("--seconds", type=float, help="how long each is (4)")
    parser.add_argument("--base", metavar="REVISION", help="with --only first-build: compare with this revision")
    parser.add_argument("--saves", type=int, help="how many saves (20)")
    parser.add_argument("--check", action="store_true", help="compare ratios with Benchmarks/ratios.json, no report")
    parser.add_argument("--store", action="store_true", help="with --check: write that file anew")
    options = parser.parse_args()
    if options.only and "first-build" in options.only and options.only != ["first-build"]:
        parser.error("first-build is measured by itself")
    if options.base and options.only != ["first-build"]:
        parser.error("--base goes with --only first-build")
    if options.store and not options.check:
        parser.error("--store goes with --check")
    return options


def environment(options: argparse.Namespace, scratch: pathlib.Path) -> Environment:
    """Returns the environment of a run, and installs the peers if they are to be measured."""
    quick = options.quick
    nobody = Peer(None, "it is not measured here")
    wants_peers = not options.check and (not options.only or "calls" in options.only)
    return Environment(
        scratch=scratch,
        rounds=options.rounds or (3 if quick else 5),
        seconds=options.seconds or (1 if quick else 2 if options.check else 4),
        saves=options.saves or (5 if quick else 20),
        starts=3 if quick else 5,
        quick=quick,
        mongod=options.mongod,
        base=options.base,
        functions_framework=peer("bench.txt", ".build/bench/python") if wants_peers else nobody,
        original=peer("compare.txt", ".build/compare/python") if wants_peers else nobody,
    )


def begin(settings: Environment) -> Report:
    """Returns a report with its head."""
    peers = {}
    if settings.functions_framework.python:
        names = ["functions-framework", "flask", "werkzeug", "gunicorn"]
        peers["functions-framework"] = versions(settings.functions_framework.python, names)
    if settings.original.python:
        peers["ixoncdkingress"] = versions(settings.original.python, ["ixoncdkingress", "pymongo"])
    words = (
        f"{settings.rounds} rounds of {settings.seconds:g} s, {settings.saves} saves, {settings.starts} starts;"
        " 3 rounds at most for scale."
    )
    quick = " QUICK: less is measured than in a whole run, and shorter." if settings.quick else ""
    return Report(REPORT, head(settings.mongod, peers), words + quick)


def bench(settings: Environment, parts: list[str]) -> None:
    """Measures parts and writes the report, even if one of them fails."""
    report = begin(settings)
    began = time.monotonic()
    try:
        for part in parts:
            start = time.monotonic()
            print(f"==> {part}", flush=True)
            PARTS[part](settings, report)
            print(f"    {part}: {time.monotonic() - start:.0f} s", flush=True)
        report.complete = True
    finally:
        report.write()
    print((REPORT / "report.md").read_text())
    print(f"{REPORT / 'report.md'} and report.json; {time.monotonic() - began:.0f} s")


def main() -> int:
    """Measures, and returns the exit status. In any case, all processes are ended and temporary files are deleted."""
    options = arguments()
    end_on_signals()
    raise_descriptor_limit()
    os.chdir(ROOT)
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            settings = environment(options, pathlib.Path(scratch).resolve())
            if options.check:
                return ratios.check(settings, options.store)
            bench(settings, [part for part in PARTS if part in (options.only or PARTS.keys() - ON_DEMAND)])
            return 0
    except (Failed, OSError) as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("bench: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
