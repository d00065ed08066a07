"""Requests with forms, as a browser posts them."""

from __future__ import annotations

from urllib.parse import urlencode

from exchange import Request

FORM = (("Content-Type", "application/x-www-form-urlencoded"),)
GREET = {"function": "example.greet"}
COMPANY = {"company__public_id": "compare-form", "company__name": "Form"}
FULL = {
    f"{kind}__{key}": value.replace("KIND", kind)
    for kind in ("user", "company", "asset", "agent")
    for key, value in {
        "public_id": "KIND-1",
        "name": "The KIND",
        "custom_properties__key0": "k",
        "custom_properties__value0": "v",
        "custom_properties__key3": "l",
        "custom_properties__value3": "é 😀",
        "permissions__value0": "B",
        "permissions__value1": "A",
        "permissions__value2": "",
    }.items()
}

FIELDS: dict[str, dict[str, str]] = {
    "greet": GREET,
    "greet-named": {**GREET, "function_args__key0": "name", "function_args__value0": "Ada & <b>Bob</b>"},
    "greet-unicode": {**GREET, "function_args__key0": "name", "function_args__value0": "日本語 😀"},
    "greet-empty-fields": {
        **GREET,
        **{f"function_args__{part}{number}": "" for part in ("key", "value") for number in range(9)},
    },
    "echo-numbers-are-texts": {"function": "args.echo", "function_args__key0": "a", "function_args__value0": "5"},
    "everything": {
        "function": "args.kw",
        **{f"function_args__key{n}": f"k{n}" for n in range(9)},
        **{f"function_args__value{n}": f"v{n}" for n in range(9)},
    },
    "value-without-key": {"function": "args.kw", "function_args__value0": "x"},
    "key-without-value": {"function": "args.kw", "function_args__key0": "x"},
    "key-twice": {
        "function": "args.kw",
        "function_args__key0": "x",
        "function_args__value0": "1",
        "function_args__key1": "x",
        "function_args__value1": "2",
    },
    "typed": {"function": "args.typed", "function_args__key0": "n", "function_args__value0": "5"},
    "tool": {"function": "agentic.add", "function_args__key0": "a", "function_args__value0": "5"},
    "need-missing": {"function": "args.need"},
    "full": {"function": "ctx.dump", **FULL},
    "company-without-name": {"function": "ctx.dump", "company__public_id": "x"},
    "company-without-id": {"function": "ctx.dump", "company__name": "x"},
    "company-empty": {"function": "ctx.dump", "company__public_id": "", "company__name": ""},
    "template": {"function": "ctx.dump", "template__public_id": "t", "template__name": "T"},
    "config": {"function": "ctx.config"},
    "documents": {"function": "docs.find", **COMPANY},
    "documents-refused": {"function": "docs.is_none", **COMPANY},
    "documents-without-company": {"function": "docs.find"},
    "no-function": {"x": "y"},
    "function-empty": {"function": ""},
    "unknown-function": {"function": "example.nope"},
    "unknown-module": {"function": "nomod.f"},
    "malformed": {"function": "example..greet"},
    "hidden": {"function": "args.hidden"},
    "throws": {"function": "errs.boom"},
    "null-result": {"function": "values.get", "function_args__key0": "kind", "function_args__value0": "none"},
    "nested-result": {"function": "values.get", "function_args__key0": "kind", "function_args__value0": "nested"},
    "unicode-result": {"function": "values.get", "function_args__key0": "kind", "function_args__value0": "unicode"},
    "app-description": {"function": "app-description"},
    "tools": {"function": "list-agent-tools"},
}

BODIES: dict[str, bytes] = {
    "empty": b"",
    "no-pairs": b"abc",
    "json": b'{"name":"example.greet"}',
    "plus": b"function=args.kw&function_args__key0=a+b&function_args__value0=c%20d",
    "function-twice": b"function=example.greet&function=nomod.f",
    "semicolons": b"function=example.greet;x=1",
    "bad-percent": b"function=example.greet&x=%zz",
    "invalid-utf-8": b"function=args.kw&function_args__key0=a&function_args__value0=%ff",
    "raw-unicode": "function=args.kw&function_args__key0=ключ&function_args__value0=é".encode(),
    "raw-invalid-utf-8": b"function=args.kw&function_args__key0=a&function_args__value0=\xff",
}


def requests() -> list[Request]:
    """Returns the requests of this kind."""
    made = [Request(f"forms/{id}", headers=FORM, body=urlencode(fields).encode()) for id, fields in FIELDS.items()]
    made += [Request(f"forms/body-{id}", headers=FORM, body=body) for id, body in BODIES.items()]
    greet = urlencode(GREET).encode()
    for number, value in enumerate(["; charset=utf-8", ";charset=UTF-8"]):
        made.append(Request(f"forms/content-type-{number}", headers=((FORM[0][0], FORM[0][1] + value),), body=greet))
    made.append(Request("forms/content-type-upper-case", headers=((FORM[0][0], FORM[0][1].upper()),), body=greet))
    made.append(Request("forms/with-origin", headers=(*FORM, ("Origin", "http://localhost:4200")), body=greet))
    made.append(Request("forms/with-foreign-origin", headers=(*FORM, ("Origin", "http://example.com")), body=greet))
    return made
