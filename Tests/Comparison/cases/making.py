"""Functions that make the requests of the lists."""

from __future__ import annotations

import json
from typing import Any

from exchange import CONTEXT_VALUES, Request


def call(
    id: str, name: Any, /, arguments: Any = ..., *, context_values: bytes = CONTEXT_VALUES, **parts: Any
) -> Request:
    """Returns a call as JSON. Arguments and other parts of the envelope are left out unless they are given."""
    envelope = {"name": name}
    if arguments is not ...:
        envelope["arguments"] = arguments
    body = json.dumps({**envelope, **parts}).encode()
    return Request(id, body=body, context_values=context_values)


def raw(id: str, body: str | bytes) -> Request:
    """Returns a call with the given body."""
    return Request(id, body=body.encode() if isinstance(body, str) else body)


def resource(public_id: Any = "id-1", name: Any = "Name", custom: Any = ..., **parts: Any) -> dict[str, Any]:
    """Returns a resource of a context."""
    return {"publicId": public_id, "name": name, "custom": {} if custom is ... else custom, **parts}
