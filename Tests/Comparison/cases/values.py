"""Requests about results, and about the context values of the workspace."""

from __future__ import annotations

from cases.making import call
from exchange import Request

KINDS = [
    "str", "empty", "unicode", "int", "neg", "float", "float_int", "float_small", "float_big", "float_01", "true",
    "none", "dict", "list", "nested",
]  # fmt: skip

# Scalars as PyYAML's safe loader takes them, each as the value of a key.
SCALARS = [
    "text", "'text'", '"te\\u0078t"', "1", "-1", "+1", "0", "-0", "007", "017", "08", "0o17", "0x1F", "0xzz", "0b101",
    "1_000", "1__0", "_1", "1:30", "1:30:15", "-1:30", "190:20:30.15", "1:60", "1:99", "1.5", ".5", "1.", "1.5e3",
    "1e3", "1e+3", "1.0e3", "1.0e+3", "-1.5", "1_000.5", ".inf", "-.inf", ".nan", ".Inf", "inf", "nan", "yes", "Yes",
    "YES", "yEs", "no", "on", "off", "y", "n", "true", "True", "tRue", "false", "~", "null", "Null", "NULL", "nULL",
    "", "none", "''", '""', "!!str 1", "!!int '1'", "!!float 1", "!!bool yes", "!!null ''", "[a, 1, yes]",
    "{a: 1, b: no}", "[]", "{}", "- ", "a b", "a: b", "a #c", "a#c", "'a''b'", '"a\\n"', "|\n  a\n  b\n",
    ">\n  a\n  b\n", "|-\n  a\n", "|+\n  a\n\n", "&x 1", "=", "<<", "2001-12-14t", "2001-1", "12345678901234567890",
    "0x7FFFFFFFFFFFFFFF", "1.7976931348623157e+308", "1.0e+400", "@a", "`a", "%a", "*a", "!a b", "!!python/name:os",
    "'a", '"a', "[a", "{a", "2001-12-14", "2001-12-14T21:59:43Z", "2001-12-14 21:59:43.10 -5", "!!binary aGk=",
    "!!set {a, b}", "!!omap [a: 1]", "é", "😀", '"\\ud83d\\ude00"', '"\\x41"', "a\\nb", "0.1", "1e22", "1.0e+22",
    "123456789.123456789",
]  # fmt: skip

FILES: dict[str, bytes] = {
    "two-keys": b"a: 1\nb: 2\n",
    "keys-twice": b"a: 1\na: 2\n",
    "nested": b"a:\n  b:\n    - c\n    - d: 1\n",
    "anchors": b"a: &x {b: 1}\nc: *x\n",
    "merge": b"a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n",
    "merge-list": b"a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne:\n  <<: [*x, *y]\n",
    "key-number": b"1: a\n",
    "key-bool": b"yes: a\n",
    "key-null": b"~: a\n",
    "key-float": b"1.5: a\n",
    "key-quoted": b"'1': a\n",
    "key-list": b"? [a]\n: b\n",
    "json": b'{"a": [1, 2.5, null, true]}',
    "document-start": b"---\na: 1\n",
    "document-end": b"---\na: 1\n...\n",
    "two-documents": b"---\na: 1\n---\nb: 2\n",
    "directive": b"%YAML 1.1\n---\na: 0o17\n",
    "directive-1.2": b"%YAML 1.2\n---\na: yes\n",
    "carriage-returns": b"a: 1\r\nb: 2\r\n",
    "byte-order-mark": b"\xef\xbb\xbfa: 1\n",
    "utf-16": "a: 1\n".encode("utf-16"),
    "latin-1": b"a: \xe9\n",
    "control-character": b"a: \x01\n",
    "null": b"null\n",
    "false": b"false\n",
    "text": b"text\n",
    "number": b"5\n",
    "list": b"- a\n",
    "list-empty": b"[]\n",
    "mapping-empty": b"{}\n",
    "tab": b"a:\n\tb: 1\n",
    "tab-after-colon": b"a:\tb\n",
    "indented-wrongly": b"a: 1\n  b: 2\n",
    "not-closed": b"a: [1, 2\n",
    "no-space": b"a:1\n",
    "alias-unknown": b"a: *x\n",
    "tag-unknown": b"a: !x 1\n",
    "white-space": b"  \n\n",
    "start-only": b"---\n",
}


def requests() -> list[Request]:
    """Returns the requests of this kind."""
    made = [call(f"values/{kind}", "values.get", {"kind": kind}) for kind in KINDS]
    made += [
        call(f"values/scalar-{number}", "ctx.config", context_values=f"a: {scalar}\n".encode())
        for number, scalar in enumerate(SCALARS)
    ]
    made += [call(f"values/file-{id}", "ctx.config", context_values=content) for id, content in FILES.items()]
    broken = b"a: [1\n"
    made += [
        call("values/broken-other-function", "values.get", {"kind": "int"}, context_values=broken),
        call("values/broken-unknown-function", "example.nope", context_values=broken),
        call("values/after-broken", "ctx.config"),
        call("values/missing-key", "example.greet", context_values=b"other: 1\n"),
    ]
    return made
