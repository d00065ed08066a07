"""The requests of agents: lists of tools, the description, and calls of tools."""

from __future__ import annotations

from typing import Any

from cases.making import call
from exchange import Request

MAGIC = ["list-agent-tools", "list-agent-tools-issues", "app-description"]
MODULES = [
    "",
    "functions.",
    "agentic.",
    "functions.agentic.",
    "pkg.",
    "pkg.inner.",
    "nomod.",
    "no.such.module.",
    "functions.functions.",
]

ADD: list[Any] = [
    {"a": 1},
    {"a": 1, "b": 2},
    {"a": -1, "b": 1},
    {"a": 1, "b": None},
    {"a": None},
    {},
    {"b": 1},
    {"a": 1.0},
    {"a": 1.5},
    {"a": "1"},
    {"a": "x"},
    {"a": ""},
    {"a": " 1 "},
    {"a": "1.0"},
    {"a": "1_000"},
    {"a": True},
    {"a": False},
    {"a": []},
    {"a": [1]},
    {"a": {}},
    {"a": 1, "c": 3},
    {"a": 1, "context": 3},
    {"A": 1},
    {"a": 2**53},
    {"a": 2**63 - 1, "b": 0},
    {"a": 1e2},
    {"a": 1, "b": "2"},
    {"a": 1, "b": 2.0},
]

MOVE: list[Any] = [
    {"p": {"x": 1}},
    {"p": {"x": 1, "y": 2.5}},
    {"p": {"x": 1, "y": 2}},
    {"p": {"x": 1, "y": None}},
    {"p": {"x": 1, "z": 1}},
    {"p": {}},
    {"p": {"y": 1}},
    {"p": {"x": None}},
    {"p": {"x": "1"}},
    {"p": {"x": "a"}},
    {"p": {"x": 1.5}},
    {"p": {"x": 1, "y": "2.5"}},
    {"p": {"x": 1, "y": "a"}},
    {"p": {"x": 1, "y": True}},
    {"p": None},
    {"p": 1},
    {"p": []},
    {"p": "x"},
    {},
    {"p": {"x": 1}, "mode": "fast"},
    {"p": {"x": 1}, "mode": "slow"},
    {"p": {"x": 1}, "mode": "zoom"},
    {"p": {"x": 1}, "mode": "FAST"},
    {"p": {"x": 1}, "mode": None},
    {"p": {"x": 1}, "mode": 1},
    {"p": {"x": 1}, "mode": ""},
    {"p": {"x": 1}, "note": "n"},
    {"p": {"x": 1}, "note": None},
    {"p": {"x": 1}, "note": 1},
    {"p": {"x": 1}, "note": ["n"]},
    {"p": {"x": 1}, "more": 1},
]


def requests() -> list[Request]:
    """Returns the requests of this kind."""
    made = []
    for magic in MAGIC:
        made += [call(f"tools/{module}{magic}", module + magic) for module in MODULES]
        made += [
            call(f"tools/{magic}-with-arguments", magic, {"a": 1}),
            call(
                f"tools/{magic}-with-context", magic, context={"company": {"publicId": "c", "name": "n", "custom": {}}}
            ),
            call(f"tools/{magic}-arguments-null", magic, None),
            call(f"tools/{magic}-arguments-list", magic, []),
            call(f"tools/{magic}-context-bad", magic, context={"company": 5}),
            call(f"tools/{magic}-longer", magic + ".x"),
            call(f"tools/{magic}-upper-case", magic.upper()),
            call(f"tools/{magic}-double-dot", "agentic.." + magic),
            call(f"tools/{magic}-leading-dot", "." + magic),
            call(f"tools/{magic}-slash", "agentic/" + magic),
        ]
    made += [call(f"tools/add-{number}", "agentic.add", arguments) for number, arguments in enumerate(ADD)]
    made += [call(f"tools/move-{number}", "agentic.move", arguments) for number, arguments in enumerate(MOVE)]
    made += [
        call("tools/nodoc", "agentic.nodoc", {"a": 5}),
        call("tools/nodoc-missing", "agentic.nodoc", {}),
        call("tools/ping", "pkg.inner.ping"),
        call("tools/ping-functions", "functions.pkg.inner.ping", {"x": 1}),
        call("tools/add-list", "agentic.add", []),
        call("tools/add-null", "agentic.add", None),
        call("tools/add-text", "agentic.add", "a"),
        call("tools/app-description-after", "app-description"),
    ]
    return made
