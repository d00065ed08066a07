"""Requests about arguments: of every type, missing, or superfluous."""

from __future__ import annotations

from typing import Any

from cases.making import call, raw
from exchange import Request

VALUES = [
    None, True, False, 0, 1, -1, 42, 1.0, 1.5, -1.5, "", "text", "1", "true", "null", [], [1], [None], [[]], {},
    {"a": 1}, {"a": None}, {"": ""}, 2**31, 2**53, 2**53 + 1, 2**63 - 1, -(2**63), 1e10, 1e-10,
]  # fmt: skip


def requests() -> list[Request]:
    """Returns the requests of this kind."""
    made = []
    for number, value in enumerate(VALUES):
        made += [
            call(f"arguments/echo-{number}", "args.echo", {"a": value, "b": value}),
            call(f"arguments/need-{number}", "args.need", {"a": value, "b": [value]}),
            call(f"arguments/everything-{number}", "args.kw", {"x": value, "y": {"z": value}}),
            call(f"arguments/typed-{number}", "args.typed", {"n": value}),
            call(f"arguments/length-{number}", "args.length", {"data": value}),
            call(f"arguments/are-{number}", "args.echo", value),
        ]
    texts = ["héllo", "日本語", "😀", "👨‍👩‍👧", "e\u0301", "\r\n", "a\u0000b", "\ufeff", " ", "x" * 10000]
    for number, text in enumerate(texts):
        made.append(call(f"arguments/length-of-text-{number}", "args.length", {"data": text}))
    # Each language has its own way to write other values into a text.
    names: list[Any] = ["Ada", "", "日本語 😀", "a\nb", 0, 1, -1, 42, 2**53 + 1]
    made += [call(f"arguments/greet-{number}", "example.greet", {"name": name}) for number, name in enumerate(names)]
    made += [
        call("arguments/left-out", "args.echo"),
        call("arguments/only-a", "args.echo", {"a": 1}),
        call("arguments/only-b", "args.echo", {"b": 1}),
        call("arguments/left-over", "args.echo", {"a": 1, "c": 2, "context": 3, "": 4, "A": 5}),
        call("arguments/context-is-one", "args.echo", {"context": {"user": 1}}),
        call("arguments/everything-none", "args.kw", {}),
        call("arguments/everything-left-out", "args.kw"),
        call("arguments/everything-null", "args.kw", None),
        call("arguments/everything-list", "args.kw", []),
        call("arguments/everything-text", "args.kw", "a"),
        call("arguments/everything-named", "args.kw", {"everything": 1, "self": 2, "name": 3, "arguments": 4}),
        call(
            "arguments/everything-odd-names",
            "args.kw",
            {"": 1, "a b": 2, "a.b": 3, "ключ": 4, "😀": 5, "$x": 6, "\n": 7},
        ),
        call("arguments/everything-many", "args.kw", {f"k{number}": number for number in range(500)}),
        call("arguments/need-none", "args.need", {}),
        call("arguments/need-left-out", "args.need"),
        call("arguments/need-only-a", "args.need", {"a": 1}),
        call("arguments/need-only-b", "args.need", {"b": 1}),
        call("arguments/need-other-case", "args.need", {"A": 1, "B": 2}),
        call("arguments/typed-none", "args.typed", {}),
        call("arguments/typed-left-over", "args.typed", {"n": 1, "m": 2}),
        call("arguments/length-none", "args.length", {}),
        call("arguments/get-none", "values.get", {}),
        call("arguments/get-unknown", "values.get", {"kind": "nothing"}),
        call("arguments/get-number", "values.get", {"kind": 1}),
        call("arguments/big-none", "values.big", {}),
        call("arguments/big-0", "values.big", {"n": 0}),
        call("arguments/big-negative", "values.big", {"n": -5}),
        call("arguments/big-text", "values.big", {"n": "5"}),
        call("arguments/big-100000", "values.big", {"n": 100000}),
        call("arguments/big-5000000", "values.big", {"n": 5000000}),
        call("arguments/sleep", "errs.sleep", {"s": 0.05}),
        call("arguments/sleep-0", "errs.sleep", {"s": 0}),
        call("arguments/sleep-text", "errs.sleep", {"s": "short"}),
        call("arguments/prints", "errs.prints"),
        call("arguments/prints-left-over", "errs.prints", {"x": 1}),
        call("arguments/boom", "errs.boom"),
        call("arguments/boom-left-over", "errs.boom", {"x": 1}),
        call("arguments/trap", "errs.trap"),
        call("arguments/exit", "errs.exit"),
        call("arguments/after-exit", "example.greet"),
        raw("arguments/twice", '{"name":"args.echo","arguments":{"a":1,"a":2}}'),
        raw("arguments/arguments-twice", '{"name":"args.echo","arguments":{"a":1},"arguments":{"b":2}}'),
        raw("arguments/typed-exponent", '{"name":"args.typed","arguments":{"n":1e2}}'),
        raw("arguments/typed-beyond-64-bits", '{"name":"args.typed","arguments":{"n":9223372036854775808}}'),
        raw("arguments/typed-minus-0", '{"name":"args.typed","arguments":{"n":-0}}'),
    ]
    return made
