"""Sends the same requests to the original and to the emulator, and prints every difference that no rule covers."""

from __future__ import annotations

import argparse
import collections
import contextlib
import json
import pathlib
import sys
import time
from typing import IO

import rules
from cases import all_requests
from exchange import Answer, Request, first_difference
from servers import Compared, Emulator, Mongod, Original, ServerFailed, end_on_terminate

FIXTURE = pathlib.Path(__file__).resolve().parent.parent / "Fixtures" / "wire"


def arguments() -> argparse.Namespace:
    """Returns the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--emulator", required=True, help="the workspace executable")
    parser.add_argument("--mongod", required=True, help="the MongoDB server for the original")
    parser.add_argument("--folder", required=True, type=pathlib.Path, help="a folder for logs and copies")
    parser.add_argument("--only", default="", help="compare only the requests whose id contains this")
    parser.add_argument("--by-rule", action="store_true", help="print also the differences that a rule covers")
    return parser.parse_args()


def judge(request: Request, original: Compared, emulator: Compared) -> tuple[rules.Verdict, Answer, Answer]:
    """Sends a request to both, and returns the verdict on their answers and the answers."""
    theirs, ours = original.answer(request), emulator.answer(request)
    return rules.verdict(request, theirs, ours, original.answer), theirs, ours


def show(request: Request, verdict: rules.Verdict, theirs: Answer, ours: Answer) -> None:
    """Prints a difference."""
    print(f"{request.id}: {verdict.words}")
    print(f"    request   {request.described()}")
    print(f"    original  {theirs.described()}")
    print(f"    ours      {ours.described()}", flush=True)
    if isinstance(theirs.json, (dict, list)) and isinstance(ours.json, type(theirs.json)):
        print(f"    at        {first_difference(theirs.json, ours.json)}", flush=True)


def record(file: IO[str], request: Request, verdict: rules.Verdict, theirs: Answer, ours: Answer) -> None:
    """Writes a comparison as a line of JSON."""
    row = {"id": request.id, "verdict": verdict.kind, "words": verdict.words, "request": request.described()}
    file.write(json.dumps({**row, "original": theirs.described(), "ours": ours.described()}) + "\n")


def compare(
    requests: list[Request], original: Original, emulator: Emulator, folder: pathlib.Path, by_rule: bool
) -> int:
    """Sends all requests, prints the differences and the counts, and returns the number of remaining differences."""
    counts: collections.Counter[str] = collections.Counter()
    covered: dict[str, collections.Counter[str]] = {"rule": collections.Counter(), "decision": collections.Counter()}
    with (folder / "answers.jsonl").open("w") as file:
        for request in requests:
            verdict, theirs, ours = judge(request, original, emulator)
            counts[verdict.kind] += 1
            if verdict.kind in covered:
                covered[verdict.kind].update([verdict.words])
            if verdict.kind == "difference" or by_rule and verdict.kind in covered:
                show(request, verdict, theirs, ours)
            record(file, request, verdict, theirs, ours)
    titles = (("rule", "By a rule of the contract"), ("decision", "By a decision where the contract is silent"))
    for kind, title in titles:
        print(f"\n{title}:")
        for words, count in covered[kind].most_common():
            print(f"  {count:5}  {words}")
    print(f"\n{folder / 'answers.jsonl'} holds every answer")
    print(
        f"{len(requests)} requests: {counts['equal']} equal, {counts['rule']} by rule,"
        f" {counts['decision']} by decision, {counts['difference']} differences"
    )
    return counts["difference"]


def main() -> int:
    """Starts the servers, compares them, ends them in any case, and returns the exit status."""
    options = arguments()
    end_on_terminate()
    requests = [request for request in all_requests(FIXTURE) if options.only in request.id]
    folder = options.folder.resolve()
    began = time.monotonic()
    try:
        with contextlib.ExitStack() as stack:
            for server in (Mongod, Original, Emulator):
                (folder / server.name).mkdir(parents=True, exist_ok=True)
                (folder / server.name / f"{server.name}.log").unlink(missing_ok=True)
            mongod = stack.enter_context(Mongod(folder / "mongod", options.mongod))
            original = stack.enter_context(Original(folder / "original", mongod))
            emulator = stack.enter_context(Emulator(folder / "emulator", options.emulator, FIXTURE))
            print(f"Both are up after {time.monotonic() - began:.0f} s; {len(requests)} requests", flush=True)
            left = compare(requests, original, emulator, folder, options.by_rule)
            print(f"The original was started {original.starts} times; {time.monotonic() - began:.0f} s in all")
            return 1 if left else 0
    except ServerFailed as error:
        print(f"compare: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("compare: interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
