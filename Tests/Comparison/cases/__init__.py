"""The requests, in the order in which they are sent.

They do not include the following, for which there is nothing to compare:
- sources that do not compile: a build of the emulator has all modules, but the original loads one at each call;
- `errs.count`: the original loads a module again at each call, and the emulator has several processes;
- `ctx.api`, the API client, and `config.apiApplication` with an access token, which makes the original ask the API;
- `internalConfig.dbConfig` with an operation: both connect to the database with TLS;
- paths of one segment that begins with `functions.`, the surface for curl: the original ignores the path;
- answers of `errs.sleep` beyond the emulator's time limit, simultaneous calls, keep-alive and pipelining;
- production mode, which answers unsigned requests with 401 and nothing else.
"""

from __future__ import annotations

import json
import pathlib

from cases import arguments, bodies, contexts, documents, forms, names, protocol, tools, values
from exchange import CONTEXT_VALUES, Request

SETUPS = {
    None: CONTEXT_VALUES,
    "context_values.yaml empty": b"",
    "only a comment in context_values.yaml": b"# nothing here\n",
}


def measured(file: pathlib.Path) -> list[Request]:
    """Returns the cases of the wire fixture."""
    return [
        Request(
            "wire/" + case["id"],
            case["request"]["method"],
            case["request"]["path"],
            tuple((name, value) for name, value in case["request"]["headers"]),
            case["request"]["body"].encode(),
            SETUPS[case.get("setup")],
        )
        for case in json.loads(file.read_text(encoding="utf-8"))
    ]


def all_requests(fixture: pathlib.Path) -> list[Request]:
    """Returns the measured cases, and then more requests of each kind."""
    modules = (names, arguments, bodies, values, protocol, contexts, documents, tools, forms)
    requests = measured(fixture / "cases.json")
    for module in modules:
        requests += module.requests()
    seen: set[str] = set()
    for request in requests:
        if request.id in seen:
            raise ValueError(f"two requests have the id {request.id}")
        seen.add(request.id)
    return requests
