"""What a request or the original's answer to it is, as the rules ask."""

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
    """Whether a host's name is one of this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_foreign_origin(call: Call) -> bool:
    """Whether a page of somewhere else sends the request."""
    origin = call.request.header("Origin")
    if origin is None:
        return call.request.header("Sec-Fetch-Site") == "cross-site"
    return not is_loopback(urlsplit(origin).hostname or "")


def is_foreign_host(call: Call) -> bool:
    """Whether the request is for a host of another name."""
    host = call.request.header("Host")
    return host is not None and not is_loopback(urlsplit(f"//{host}").hostname or "")


def is_envelope(call: Call) -> bool:
    """Whether it is a call as the platform sends it."""
    return call.request.method == "POST" and call.request.media_type == JSON


def is_object(call: Call) -> bool:
    """Whether it is a call with a JSON object as its body."""
    return is_envelope(call) and call.is_object


def is_named(call: Call) -> bool:
    """Whether it is such a call with a text as its name."""
    return is_object(call) and isinstance(call.name, str)


def is_right(call: Call) -> bool:
    """Whether it is a call that reaches its function."""
    return is_named(call) and call.is_right


def is_form(call: Call) -> bool:
    """Whether it is a form."""
    return call.request.method == "POST" and call.request.header("Content-Type") == FORM


def opaque(theirs: Answer) -> bool:
    """Whether the original's answer says nothing."""
    return theirs.status == 500


def is_no_json(theirs: Answer) -> bool:
    """Whether the original answers with NaN or Infinity."""
    return theirs.status == 200 and not theirs.is_json and bool(re.search(rb"\b(NaN|Infinity)\b", theirs.body))


def says_not_found(theirs: Answer) -> bool:
    """Whether the original found no function."""
    return theirs.status == 200 and str(theirs.json).startswith("Not found, function ")


def without_custom(call: Call) -> list[str]:
    """The resources that have all but custom properties."""
    return [kind for kind, value in call.resources.items() if isinstance(value, dict) and "custom" not in value]


def is_empty_file(call: Call) -> bool:
    """Whether the file of context values has nothing but comments in it."""
    lines = call.request.context_values.decode("utf-8", "replace").splitlines()
    return all(not line.strip() or line.strip().startswith("#") for line in lines)


def with_headers(call: Call, **changes: str | None) -> Request:
    """The same request with a header changed, or left out."""
    changed = {name.replace("_", "-").lower(): value for name, value in changes.items()}
    kept = [(name, value) for name, value in call.request.headers if name.lower() not in changed]
    return dataclasses.replace(
        call.request, headers=(*kept, *((name, value) for name, value in changed.items() if value))
    )


def with_custom(call: Call) -> Request:
    """The same request with the custom properties that are missing."""
    added = {kind: {**call.resources[kind], "custom": {}} for kind in without_custom(call)}
    return call.changed(context={**call.part("context"), **added})


def without_context_argument(call: Call) -> Request:
    """The same request without the argument `context`."""
    given = {name: value for name, value in call.part("arguments").items() if name != "context"}
    return call.changed(arguments=given)


def uses_store(call: Call) -> bool:
    """Whether the function uses the document store."""
    return call.function.startswith("docs.") and call.function not in ("docs.is_none", "docs.ts_none")
