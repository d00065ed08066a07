"""The properties of requests, and of the original's answers, that the rules use."""

from __future__ import annotations

import dataclasses
import ipaddress
import re
from urllib.parse import urlsplit

from calls import Call
from exchange import Answer, Request

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def is_loopback(host: str) -> bool:
    """Returns whether the name of a host is one of this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_foreign_origin(call: Call) -> bool:
    """Returns whether a page of another origin sends the request."""
    origin = call.request.header("Origin")
    if origin is None:
        return call.request.header("Sec-Fetch-Site") == "cross-site"
    return not is_loopback(urlsplit(origin).hostname or "")


def is_foreign_host(call: Call) -> bool:
    """Returns whether the request is for a host with another name."""
    host = call.request.header("Host")
    return host is not None and not is_loopback(urlsplit(f"//{host}").hostname or "")


def is_envelope(call: Call) -> bool:
    """Returns whether the request is a call as the platform sends it."""
    return call.request.method == "POST" and call.request.media_type == JSON


def is_object(call: Call) -> bool:
    """Returns whether the request is such a call with a JSON object as its body."""
    return is_envelope(call) and call.is_object


def is_named(call: Call) -> bool:
    """Returns whether the request is such a call with text as its name."""
    return is_object(call) and isinstance(call.name, str)


def is_right(call: Call) -> bool:
    """Returns whether the request is a call that reaches its function."""
    return is_named(call) and call.is_right


def is_form(call: Call) -> bool:
    """Returns whether the request is a form."""
    return call.request.method == "POST" and call.request.header("Content-Type") == FORM


def opaque(theirs: Answer) -> bool:
    """Returns whether the original's answer gives no reason for a failure."""
    return theirs.status == 500


def is_no_json(theirs: Answer) -> bool:
    """Returns whether the original answers with NaN or Infinity."""
    return theirs.status == 200 and not theirs.is_json and bool(re.search(rb"\b(NaN|Infinity)\b", theirs.body))


def says_not_found(theirs: Answer) -> bool:
    """Returns whether the original has found no function."""
    return theirs.status == 200 and str(theirs.json).startswith("Not found, function ")


def without_custom(call: Call) -> list[str]:
    """Returns the resources that have no custom properties."""
    return [kind for kind, value in call.resources.items() if isinstance(value, dict) and "custom" not in value]


def is_empty_file(call: Call) -> bool:
    """Returns whether the file of context values contains nothing but comments."""
    lines = call.request.context_values.decode("utf-8", "replace").splitlines()
    return all(not line.strip() or line.strip().startswith("#") for line in lines)


def with_headers(call: Call, **changes: str | None) -> Request:
    """Returns the same request with headers changed or left out."""
    changed = {name.replace("_", "-").lower(): value for name, value in changes.items()}
    kept = [(name, value) for name, value in call.request.headers if name.lower() not in changed]
    return dataclasses.replace(
        call.request, headers=(*kept, *((name, value) for name, value in changed.items() if value))
    )


def with_custom(call: Call) -> Request:
    """Returns the same request with the missing custom properties."""
    added = {kind: {**call.resources[kind], "custom": {}} for kind in without_custom(call)}
    return call.changed(context={**call.part("context"), **added})


def without_context_argument(call: Call) -> Request:
    """Returns the same request without the argument `context`."""
    given = {name: value for name, value in call.part("arguments").items() if name != "context"}
    return call.changed(arguments=given)


def uses_store(call: Call) -> bool:
    """Returns whether the function uses the document store."""
    return call.function.startswith("docs.") and call.function not in ("docs.is_none", "docs.ts_none")
