"""Requests about bodies: unusual JSON, and bodies that are not JSON."""

from __future__ import annotations

from cases.making import call, raw
from exchange import Request

# Values as they are written in the body.
VALUES = {
    "integer-beyond-53-bits": "9007199254740993",
    "integer-of-63-bits": "9223372036854775807",
    "integer-lowest": "-9223372036854775808",
    "integer-of-64-bits": "18446744073709551615",
    "integer-just-beyond-63-bits": "9223372036854775808",
    "integer-just-below-63-bits": "-9223372036854775809",
    "integer-beyond-64-bits": "18446744073709551616",
    "integer-big": "123456789012345678901234567890",
    "integer-of-400-digits": "1" * 400,
    "minus-0": "-0",
    "minus-0.0": "-0.0",
    "0.0": "0.0",
    "exponent": "1e5",
    "exponent-sign": "1E+5",
    "exponent-minus": "1.5e-3",
    "float-17-digits": "0.30000000000000004",
    "float-many-digits": "3.141592653589793238462643383279",
    "float-smallest": "5e-324",
    "float-below-smallest": "1e-400",
    "float-largest": "1.7976931348623157e308",
    "float-too-large": "1e400",
    "float-too-small": "-1e400",
    "nan": "NaN",
    "infinity": "Infinity",
    "minus-infinity": "-Infinity",
    "escapes": r'"\"\\\/\b\f\n\r\t\u00e9"',
    "escape-null": r'"a\u0000b"',
    "surrogate-pair": r'"\ud83d\ude00"',
    "surrogate-high": r'"\ud800"',
    "surrogate-low": r'"\udc00"',
    "surrogates-swapped": r'"\ude00\ud83d"',
    "escape-upper-case": r'"\u00E9"',
    "delete": '"\x7f"',
    "line-separator": '"\u2028\u2029"',
    "byte-order-mark": '"\ufeffx"',
    "keys-twice": '{"a":1,"b":2,"a":3}',
    "keys-twice-nested": '{"a":{"x":1},"a":{"y":2}}',
    "key-empty": '{"":1}',
    "key-escaped": r'{"\u0061":1}',
    "key-proto": '{"__proto__":1,"constructor":2}',
    "keys-composed": '{"\u00e9":1,"e\u0301":2}',
    "nested-100": "[" * 100 + "]" * 100,
    "nested-400": "[" * 400 + "]" * 400,
    "nested-objects-200": '{"a":' * 200 + "1" + "}" * 200,
    "list-of-20000": "[" + ",".join(map(str, range(20000))) + "]",
    "white-space": ' [ 1 ,\t2 ,\r\n{ "a" : 3 } ] ',
    # These are not JSON.
    "leading-zero": "01",
    "plus": "+1",
    "point-first": ".5",
    "point-last": "1.",
    "hexadecimal": "0x10",
    "exponent-empty": "1e",
    "minus-alone": "-",
    "single-quotes": "'a'",
    "no-quotes": "a",
    "comma-last-in-list": "[1,]",
    "comma-first": "[,1]",
    "comma-twice": "[1,,2]",
    "comma-last-in-object": '{"a":1,}',
    "key-without-quotes": "{a:1}",
    "key-number": "{1:1}",
    "colon-missing": '{"a" 1}',
    "text-open": '"abc',
    "text-with-line-feed": '"a\nb"',
    "text-with-tab": '"a\tb"',
    "escape-unknown": r'"\x"',
    "escape-short": r'"\u12"',
    "escape-no-digits": r'"\uzzzz"',
    "true-upper-case": "True",
    "none": "None",
    "undefined": "undefined",
    "comment": "1 /* one */",
    "line-comment": "1 // one\n",
    "list-open": "[1",
    "brackets-mixed": "[1}",
    "nothing": "",
}

# Whole bodies.
WHOLE: dict[str, str | bytes] = {
    "null": "null",
    "true": "true",
    "text": '"example.greet"',
    "list": '[{"name":"example.greet"}]',
    "space": " ",
    "trailing-text": '{"name":"example.greet"} x',
    "trailing-bracket": '{"name":"example.greet"}}',
    "two-objects": '{"name":"example.greet"}{"name":"example.greet"}',
    "trailing-comma": '{"name":"example.greet",}',
    "trailing-null-byte": b'{"name":"example.greet"}\x00',
    "trailing-line-feeds": '{"name":"example.greet"}\n\n\r\n',
    "form-feed": '\x0c{"name":"example.greet"}',
    "no-break-space": '\u00a0{"name":"example.greet"}',
    "byte-order-mark": b'\xef\xbb\xbf{"name":"example.greet"}',
    "utf-16": '{"name":"example.greet"}'.encode("utf-16"),
    "utf-16-without-mark": '{"name":"example.greet"}'.encode("utf-16-le"),
    "latin-1": '{"name":"example.greet","arguments":{"name":"é"}}'.encode("latin-1"),
    "invalid-utf-8": b'{"name":"example.greet","arguments":{"name":"\xff"}}',
    "overlong-utf-8": b'{"name":"example.greet","arguments":{"name":"\xc0\xaf"}}',
    "surrogate-as-utf-8": b'{"name":"example.greet","arguments":{"name":"\xed\xa0\x80"}}',
    "cut-utf-8": b'{"name":"example.greet","arguments":{"name":"\xe6\x97"}}',
    "invalid-utf-8-key": b'{"name":"example.greet","arguments":{"\xff":1}}',
    "form": "function=example.greet",
    "xml": "<name>example.greet</name>",
    "too-deep": '{"name":"values.echo","arguments":{"v":' + "[" * 100000 + "]" * 100000 + "}}",
    "more-keys": '{"name":"example.greet","id":1,"jsonrpc":"2.0","method":null}',
    "created-on": '{"name":"example.greet","created_on":"2020-01-01T00:00:00"}',
    "created-on-null": '{"name":"example.greet","created_on":null}',
    "created-on-number": '{"name":"example.greet","created_on":5}',
}


def requests() -> list[Request]:
    """Returns the requests of this kind."""
    made = [
        raw(f"bodies/value-{id}", '{"name":"values.echo","arguments":{"v":' + value + "}}")
        for id, value in VALUES.items()
    ]
    made += [raw(f"bodies/{id}", body) for id, body in WHOLE.items()]
    for kind, value in {
        "null": None,
        "list": [],
        "list-of-pairs": [["a", 1]],
        "text": "a",
        "text-empty": "",
        "number": 5,
        "zero": 0,
        "true": True,
        "false": False,
    }.items():
        for part in ("arguments", "context", "config", "internalConfig"):
            made.append(call(f"bodies/{part}-{kind}", "args.kw", **{part: value}))
    return made
