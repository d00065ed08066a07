"""Requests with names of functions in every form."""

from __future__ import annotations

from cases.making import call, raw
from exchange import Request

TEXTS = [
    "functions", "functions.", "functions.greet", "functions.example", "functions.example.",
    "functions.example.greet", "functions.functions.greet", "functions.pkg.mod.f", "functions.pkg.inner.ping",
    "functions.nomod.f", "functions.functions.example.greet", "example", "example.", "example.greet",
    "example.greet.", "example.greet.x", "example.Greet", "Example.greet", "EXAMPLE.GREET", "example.nope",
    "example._greet", "example.__name__", "example.__doc__", "args.hidden", "args.checked", "functions.args.hidden",
    "values.VALUES", "pkg", "pkg.", "pkg.f", "pkg.mod", "pkg.mod.", "pkg.mod.f", "pkg.mod.g", "pkg.mod.f.g",
    "pkg.inner.ping", "pkg.nomod.f", "pkg.nomod.", "pkg.pkg.mod.f", "nomod", "nomod.", "nomod.f", "no.such.module.f",
    "nomod.sub.f", "1", "1.2", "example.1", "1example.greet", "_", "_._", "a.b.c.d.e.f.g.h", "example.greet-now",
    "ex-ample.greet", "example.greet()", "example.greet;", "example,greet", "example:greet", "example.greet?x=1",
    "example.greet#x", "example.'greet'", 'example."greet"', "example.gr\\eet", "example.$greet", "example.gréet",
    "exämple.greet", "例.関数", "example.関数", "example.😀", "😀.greet", "example.e\u0301", "x" * 300,
    "example." + "x" * 300, "x" * 300 + ".f", ".".join(["a"] * 60), "example.True", "example.None", "docs.reset2",
    "errs.Boom", "args.Echo", "agentic.Point", "agentic.Mode", "ctx.dumped",
]  # fmt: skip

# Names with an empty part, a lone dot, a slash or white space, some of them only in the last part.
MALFORMED = [
    ".", "..", "...", ".greet", ".example.greet", "..greet", "example..greet", "example..", "example.greet..",
    "pkg..mod.f", "functions..greet", "/", "/example.greet", "example/greet", "example.greet/", "example/greet.x",
    "./example.greet", "..\\example.greet", "\\example.greet", " ", "  ", " example.greet", "example.greet ",
    "example .greet", "example. greet", "example.gr eet", "example.greet\n", "\texample.greet", "example.\tgreet",
    "example\n.greet", "example.\u00a0greet", "\u00a0example.greet", "example.greet\u2003", "example.gr\u0000eet",
    "\u0000", "pkg/mod.f", "pkg.mod/f", "../../etc/passwd",
]  # fmt: skip

NO_TEXTS = [None, True, False, 0, 1, -1, 1.5, [], ["example.greet"], {}, {"name": "example.greet"}]


def requests() -> list[Request]:
    """Returns the requests of this kind."""
    made = [call(f"names/{name[:40]!a}-{len(name)}", name) for name in TEXTS]
    made += [call(f"names/malformed-{number}", name) for number, name in enumerate(MALFORMED)]
    made += [call(f"names/no-text-{number}", name) for number, name in enumerate(NO_TEXTS)]
    made += [
        raw("names/missing", '{"arguments":{}}'),
        raw("names/missing-with-nothing", "{}"),
        raw("names/escaped", '{"name":"ex\\u0061mple.gr\\u0065et"}'),
        raw("names/other-key", '{"Name":"example.greet"}'),
        raw("names/twice", '{"name":"nomod.f","name":"example.greet"}'),
        raw("names/lone-surrogate", '{"name":"example.\\ud800"}'),
        call("names/unknown-with-arguments", "example.nope", {"a": 1}),
        call(
            "names/unknown-with-context",
            "example.nope",
            context={"company": {"publicId": "c", "name": "n", "custom": {}}},
        ),
        call("names/unknown-with-bad-arguments", "example.nope", [1]),
        call("names/unknown-module-with-bad-arguments", "nomod.f", None),
    ]
    return made
