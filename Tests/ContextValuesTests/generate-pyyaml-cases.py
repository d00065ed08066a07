#!/usr/bin/env python3
"""Writes Fixtures/pyyaml-cases.json: YAML texts, and their values according to PyYAML's SafeLoader.

    python3 Tests/ContextValuesTests/generate-pyyaml-cases.py

Needs PyYAML 6. The seed is fixed, so that the file changes only if this script or PyYAML does.

A case is {"yaml": text, "json": value} or {"yaml": text, "error": true}. Numbers that JSON lacks are written as objects
with one member: {"$float": "nan"}, {"$float": "inf"}, {"$float": "-inf"}, {"$float": "-0.0"}.

Values that Python can hold and JSON cannot are represented as YAMLDocument documents it:
  dates and times   isoformat()
  bytes             base64 without line breaks
  !!set             a list of its keys in the order of the text (Python's own set has no order)
  !!omap, !!pairs   lists of two-element lists

YAMLDocument differs from SafeLoader on purpose in the following, which no case covers:
  - The text is scanned by libyaml, not by PyYAML's own scanner. Cases on which PyYAML's two scanners disagree are left
    out and printed. Known ones: libyaml accepts tabs within and after plain scalars, and `?` within them in flow style;
    it rejects `{a:}` and `[a:,b]` without a space after the colon, surrogates escaped in double quotes, a byte order
    mark within the text, %YAML 1.3 and unknown directives. A `!` before nothing is null as in SafeLoader.
  - Python's internal errors (ValueError, IndexError and so on) are errors with a place.
  - An alias inside of the value that it refers to is an error; SafeLoader builds a value that contains itself, which
    has no JSON form.
  - Aliases and depth are bounded.
  - A mapping with the key `=` under a scalar's tag (`!!str {=: text}`) is an error; SafeLoader takes the value of that
    key.
  - After an explicit !!int or !!float, only ASCII digits count, and the parts of sexagesimal integers have no sign.
  - An integer of more than 4,300 digits is an error in every base; Python's limit applies to decimal integers when they
    are read, and to all integers when they are written.
  - Keys that are dates or bytes become text; Python's json refuses them.
"""

import base64
import datetime
import json
import math
import pathlib
import random

import yaml

SEED = 20_260_729


class SafeLoader(yaml.SafeLoader):
    pass


class CSafeLoader(yaml.CSafeLoader):
    pass


def construct_set(loader, node):
    data = []
    yield data
    data.extend(loader.construct_mapping(node))


for one in (SafeLoader, CSafeLoader):
    one.add_constructor("tag:yaml.org,2002:set", construct_set)


def key_text(key):
    if isinstance(key, (datetime.date, datetime.datetime)):
        return key.isoformat()
    if isinstance(key, bytes):
        return base64.b64encode(key).decode()
    return next(iter(json.loads(json.dumps({key: 0}))))


def plain(value):
    if isinstance(value, dict):
        return {key_text(key): plain(element) for key, element in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(element) for element in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, float) and (not math.isfinite(value) or (value == 0 and math.copysign(1, value) < 0)):
        return {"$float": repr(value)}
    return value


def outcome(text, loader):
    try:
        return {"yaml": text, "json": plain(yaml.load(text, loader))}
    except Exception:  # SafeLoader passes on any error of Python, such as ValueError for `0b_`.
        return {"yaml": text, "error": True}


# Scalars for every branch of the resolver, and others that just miss it.
SCALARS = """
yes Yes YES yES no No NO nO on On ON oN off Off OFF oFF y n Y N true True TRUE tRUE false False FALSE fALSE truee
~ null Null NULL nULL nul ~~ None nil
0 -0 +0 1 -1 +1 00 007 017 -017 +017 08 018 0_7 0_ 0__ 0o17 0O17 1_000 1__0 1_ _1 -_1 -1_ 12345678901234567890
-9223372036854775808
9223372036854775807 9223372036854775808 -9223372036854775809 0xFFFFFFFFFFFFFFFFFF 0b1 0b101 -0b11 0b_ 0b 0b2 0B1 0b1_0
0x1F 0x1f -0x1F 0xG 0x 0x_ 0x_F 0X1F 0777777777777777777777777 -0777777777777777777777777
1:30 -1:30 +1:30 1:60 1:5 1:05 1:005 0:30 01:30 190:20:30 1_0:30 1:3_0 1: :1 1:30: 1:59:59:59 10000000000000000:00
1:1:1:1:1:1:1:1:1:1:1:1
1.0 1. -1. +1. .5 -.5 +.5 ._5 .5_ .5_0 0.5 00.5 08.5 1_0.5 1.5_0 1._ _1.5 1.0e5 1.0e+5 1.0e-5 1.0E+5 1e5 1e+5 1.e+5
1.5e+ 1.5e .5e+3
.5e3 .5e-3 -.5e+3 1.0e+400 -1.0e+400 1.0e-400 -0.0 0.0 0.1 0.30000000000000004 1.7976931348623157e+308 5.0e-324
123456789012345678.0
1:30.5 -1:30.5 +1:30.5 0:30.5 1:60.5 1:30. 1:30.5_5 1:30.5e+3 190:20:30.15 1.5:30 1:2:3.4
.inf .Inf .INF +.inf -.inf -.Inf +.INF .iNF inf .nan .NaN .NAN .Nan -.nan +.nan nan Infinity
. .. ... + - -- +- -.- .e+3 1-1 1+1 1,000 $1 1% 1e 0.0.0 127.0.0.1 1.2.3 12:30:45 v1.0 #nothing a#b a b:c
2001-12-14 2001-1-1 2001-12-1 0001-01-01 0000-01-01 2001-02-29 2000-02-29 1900-02-29 2004-02-29 2001-13-01 2001-04-31
2001-12-32
20011214 2001-12 2001-12-14T21:59:43 2001-12-14t21:59:43.10-05:00 2001-12-14T21:59:43Z 2001-12-14T21:59:43z
2001-1-1T1:00:00
2001-12-14T21:59:43.123456789Z 2001-12-14T21:59:43. 2001-12-14T21:59:43.000 2001-12-14T24:00:00 2001-12-14T21:60:00
2001-12-14T21:59:60 2001-12-14T21:59 2001-12-14T21:59:43+1 2001-12-14T21:59:43+01:30 2001-12-14T21:59:43-23:59
2001-12-14T21:59:43+24:00
2001-12-14T21:59:43-00:00 2001-12-14T21:59:43+01:5 2001-12-14T21:59:43-01:99 2001-12-14T 2001-12-14x 2001-12-14T1:2:03
<< = <<< == =a héllo 日本語 😀 text
""".split()

SPACED_SCALARS = [
    "2001-12-14 21:59:43.10 -5", "2001-12-14 21:59:43", "2001-12-14   21:59:43 Z", "2001-12-14 21:59:43  +05:30",
    "2001-12-14 1:02:03",
    "2001-12-14 21:59:43 x", "1 000", "yes no", "null null", "- 1", "1 :30", "a # comment", "12 # comment",
    "~ # comment",
]

TAGGED = """
!!int|5 !!int|"5" !!int|' 12 ' !!int|"1_0" !!int|abc !!int|"" !!int|1.5 !!int|1e5 !!int|0o17 !!int|"0x1F" !!int|"0X1F"
!!int|"-+5" !!int|"0b"
!!int|"--5" !!int|1:30 !!int|"1:99" !!int|"00:1" !!int|08 !!int|~ !!int|[1] !!int|{a:|1} !!int|"+" !!int|"0x-5"
!!float|3 !!float|"1e5" !!float|1:30 !!float|inf !!float|nan !!float|-Infinity !!float|.nan !!float|-.nan !!float|abc
!!float|"" !!float|0x1F
!!float|"1_0.5" !!float|"." !!float|"1.5.2" !!float|" 2.5 " !!float|.INF !!float|1e !!float|-.5 !!float|1E400
!!float|"1:2:3:x" !!float|[1]
!!bool|yes !!bool|"YeS" !!bool|1 !!bool|"" !!bool|off !!bool|tRuE !!bool|y
!!null|foo !!null|"" !!null|~ !!null|[] !!str|5 !!str|yes !!str|~ !!str|[a] !!str|2001-01-01
!!seq|[1,|2] !!seq|{} !!seq|a !!map|{a:|1} !!map|[] !!map|a !!set|{a,|b,|a} !!set|{1,|true,|1.0} !!set|[a] !!set|{[a]}
!!set|{}
!!omap|[a:|1,|b:|2] !!omap|[a:|1,|a:|2] !!omap|[a] !!omap|{a:|1} !!omap|[{a:|1,|b:|2}] !!omap|[] !!omap|[{}]
!!omap|[=:|1] !!omap|[<<:|{}]
!!pairs|[a:|1,|a:|2] !!pairs|[[a]:|1] !!pairs|a !!pairs|[1:|[x:|y]]
!!binary|aGVsbG8= !!binary|"aGVs|bG8=" !!binary|aGVsbG8 !!binary|"" !!binary|a !!binary|"====" !!binary|"aGVs*bG8="
!!binary|é !!binary|aGV= !!binary|"aG=VsbG8="
!!binary|"aG==bG8=" !!binary|[a] !!binary|"====aGk=" !!binary|/+8= !!binary|"aGVsbG8h"
!!timestamp|2001-1-1 !!timestamp|"2001-12-14" !!timestamp|abc !!timestamp|"" !!timestamp|2001-02-30
!!timestamp|"2001-12-14|21:59:43.5|+01:00"
!!merge|a !!value|a !!yaml|a !!python/name:os.system|"" !foo|bar !foo|[a] !foo|{a:|b} !<tag:example.com,2000:app>|x
!<tag:yaml.org,2002:int>|5 !x!y|z
!|5 !|"5" !|'yes' !|[1] !|{a:|1} !|"<<" !|""
""".split()

DOCUMENTS = [
    "", "# only a comment\n", "---\n", "--- # nothing\n...\n", "...\n", "~", "a: 1\n...\n", "--- a\n--- b\n",
    "a: 1\n---\nb: 2\n", "%YAML 1.1\n---\na: 1\n",
    "%TAG !e! tag:yaml.org,2002:\n---\n!e!int '5'\n", "\ufeffa: 1\n", "a: 1\r\nb: 2\r\n", "a: 1\rb: 2\r",
    "a: 'it''s'\n", "a: \"tab\\tnl\\nuni\\u00e9 \\x41 \\U0001F600 \\0 \\e \\_ \\N \\L \\P \\/ \\\"\"\n", "a: \"\\q\"\n",
    "a: 'a\n  b\n\n  c'\n",
    "a: \"a\n  b\\\n  c\n\n  d\"\n", "a: 'open\n", "a: \"open\n", "a: plain\n  goes on\n\n  and on\n",
    "a: |\n  one\n   two\n\n  three\n", "a: >\n  one\n  two\n\n  three\n    four\n  five\n",
    "a: |-\n  one\n\n", "a: |+\n  one\n\n", "a: >-\n  one\n\n", "a: >+\n  one\n\n\n", "a: |2\n   one\n",
    "a: |1-\n  one\n", "a: |\nb: 1\n", "a: | # comment\n  12\n", "a: |0\n  x\n", "a: >\n\n\n  x\n",
    "a: |\n    deep\n  less\n", "a: ! |\n  123\n", "a: ! |\n  <<\n", "a: !!int |\n  12\n", "a: !!float >-\n  1.5\n",
    "- 1\n- - 2\n  - 3\n-\n  - 4\n- {a: [5, {b: 6}]}\n", "a:\n- 1\n- 2\nb:\n  - 3\n",
    "a:\n  b:\n    c:\n      - d: 1\n        e: 2\n", "{a: 1, b}", "[a, , b]", "[a, b,]", "{a: 1,}", "[a: 1, b]",
    "{a:1}", "{\"a\":1}", "[1,2", "{a: 1", "a: [1\nb: 2",
    "? a\n: b\n", "? a\n", "? [a]\n: b\n", "? {a: b}\n: c\n", "[a]: b\n", "{a: b}: c\n", ": a\n", "{: a}", "a: b: c\n",
    "a:\n\tb: 1\n", "\ta: 1\n", "a: b\n  c: d\n", "a: 1\n b: 2\n", " a: 1\nb: 2\n", "a: @b\n", "a: `b\n", "a: %b\n",
    "a: b\n- c\n", "- a\nb: c\n", "a: *b\n", "a: &b\n", "a: &b 1\nc: *b\n", "a: & b\n",
    "a: \x07\n", "a: \x7f\n", "a: \u0085b\n", "a: \u2028b\n", "a: \ufffe\n",
    "1: a\n1.5: b\ntrue: c\nnull: d\n~: e\n1e5: f\n1.0e+22: g\n1.0e-7: h\n0.0001: i\n123456789012345680.0: j\n"
    ".inf: k\n-.inf: l\n.nan: m\n0x10: n\n0.00001: o\n1.0e+16: p\n1.0e+15: q\n-2.50: r\n-0.0: s\n",
    "1: a\ntrue: b\n1.0: c\n", "true: a\n1: b\n", "1.0: a\n1: b\n", "1: a\n'1': b\n", "1: a\n'1': b\n1: c\n",
    "'1': a\n1: b\nc: d\n'1': e\n", ".nan: a\n.NaN: b\n", "0: a\nno: b\n-0.0: c\n", "null: a\n'null': b\n",
    "2001-01-01: a\n", "!!binary aGk=: a\n", "a: 1\nb: 2\na: 3\n", "yes: 1\non: 2\n", "=: a\n", "'=': a\n", "a: =\n",
    "a: '='\n", "- <<\n", "a: <<\n", "'<<': {a: 1}\n",
    "x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3, c: 4}\n", "x: &x {a: 1}\ny: &y {a: 2, b: 3}\nz: {<<: [*x, *y], c: 4}\n",
    "x: &x {a: 1}\ny: &y {a: 2, b: 3}\nz:\n  <<: *x\n  <<: *y\n",
    "x: &x {a: 1}\ny: &y {<<: *x, b: 2}\nz: {<<: *y, c: 3}\n", "b: 1\n<<: {a: 2, b: 3}\nc: 4\n", "<<: 1\n", "<<: [1]\n",
    "<<: []\na: 1\n", "<<: {}\n", "<<: [{a: 1}, [b]]\n", "<<: null\n", "!!merge x: {a: 1}\nb: 2\n",
    "x: &x [1, {a: 2}]\ny: *x\nz: [*x, *x]\n", "x: &x a\n*x : b\n", "x: &x [a]\n*x : b\n", "x: &x 1\ny: &x 2\n",
    "&a a: *a\n", "[&x a, *x, *y]", "!!set {<<: {a: 1}, b: 2}", "!!set {=, a}", "!!omap [&a {b: 1}, *a]",
    "x: &x !!set {a}\ny: *x\n", "? !!set {a}\n: b\n", "? !!omap []\n: b\n",
    "a: !!map\n  b: 1\n", "a: !!seq\n- 1\n", "a: !!str\nb: !!null\n", "a: !!int\n", "- !!str\n- !!null\n",
    "&a !!str b: *a\n", "!!str &a b: *a\n",
    '{"json": [1, 2.5, true, null, "x\\n", {"y": {}}], "e": 1e5, "f": 1E-5, "g": -0}',
    "serviceAccount: {username: user, password: pass}\n",
    "url: http://example.com:8080/a?b=c#d\nwindows: C:\\dir\npercent: 50%\nemail: a@b.c\n",
    "time: 12:30:45\nport: 22:22\nversion: 1.10\nmac: 00:11:22:33:44:55\noctal: 0755\ncountry: NO\n",
]


def generated(random):
    """Returns a document of random structure and style."""
    anchors = []

    def scalar():
        text = random.choice([one for one in SCALARS if not one.startswith("#")])
        if random.random() < 0.25:
            return json.dumps(text, ensure_ascii=False)
        if random.random() < 0.2:
            return "'" + text.replace("'", "''") + "'"
        return text

    def flow(depth):
        choice = random.random()
        if anchors and choice < 0.1:
            return "*" + random.choice(anchors) + " "
        if depth == 0 or choice < 0.5:
            return scalar()
        if choice < 0.75:
            return "[" + ", ".join(flow(depth - 1) for _ in range(random.randint(0, 4))) + "]"
        return "{" + ", ".join(f"{scalar()}: {flow(depth - 1)}" for _ in range(random.randint(0, 4))) + "}"

    def block(indent, depth):
        pad = "  " * indent
        lines = []
        is_list = random.random() < 0.3
        for index in range(random.randint(1, 4)):
            head = (
                f"{pad}-" if is_list
                else f"{pad}{random.choice(['k', 'key', scalar()])}{index if random.random() < 0.6 else ''}:")
            choice = random.random()
            anchor = ""
            if random.random() < 0.2:
                anchor = f" &n{len(anchors)}"
            if depth and choice < 0.4:
                lines += [head + anchor] + block(indent + 1, depth - 1)
            elif choice < 0.5:
                style = random.choice("|>") + random.choice(["", "-", "+"])
                lines += [f"{head}{anchor} {style}"] + [
                    f"{pad}  {random.choice(['', '  ', '   '])}{scalar()}" for _ in range(random.randint(1, 3))]
            else:
                lines.append(f"{head}{anchor} {flow(2)}".rstrip())
            if anchor:
                anchors.append(anchor[2:])
            if not is_list and random.random() < 0.1:
                lines.append(f"{pad}<<: " + (flow(2) if random.random() < 0.2 else "{m: 1, key: 2}"))
        return lines

    return "\n".join(block(0, 3)) + "\n"


def main():
    generator = random.Random(SEED)
    texts = [f"- {scalar}\n" for scalar in SCALARS + SPACED_SCALARS]
    # Many scalars with the same outcome share a case, which keeps the file small.
    fine = [one for one in texts if "json" in outcome(one, SafeLoader)]
    grouped = ["".join(fine[start : start + 8]) for start in range(0, len(fine), 8)]
    texts = grouped + [one for one in texts if one not in fine]
    texts += [one.replace("|", " ") for one in TAGGED] + DOCUMENTS
    valid = broken = 0
    while valid < 80 or broken < 15:
        text = generated(generator)
        if "json" in outcome(text, SafeLoader):
            valid += 1
            if valid <= 80:
                texts.append(text)
        else:
            broken += 1
            if broken <= 15:
                texts.append(text)
    cases = []
    for text in texts:
        case, by_libyaml = outcome(text, SafeLoader), outcome(text, CSafeLoader)
        if json.dumps(case) == json.dumps(by_libyaml):
            cases.append(case)
        else:
            print(f"left out, PyYAML's scanners disagree: {text!r}\n  {case}\n  {by_libyaml}")
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    path = pathlib.Path(__file__).parent / "Fixtures" / "pyyaml-cases.json"
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{len(cases)} cases, {sum('error' in case for case in cases)} of them errors, {path.stat().st_size} bytes")


main()
