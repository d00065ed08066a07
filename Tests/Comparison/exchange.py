"""Requests and their answers over HTTP, as bytes, so that unusual ones can be sent too."""

from __future__ import annotations

import dataclasses
import http.client
import json
import math
import re
import socket
from typing import Any

CONTEXT_VALUES = b"serviceAccount: {username: user, password: pass}\n"
GENERATED_ID = re.compile(r"[0-9a-f]{24}")


@dataclasses.dataclass(frozen=True)
class Request:
    """A request to both servers, and the context values that the servers have for it."""

    id: str
    method: str = "POST"
    path: str = "/"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    body: bytes = b""
    context_values: bytes = CONTEXT_VALUES

    def header(self, name: str) -> str | None:
        """Returns the value of a header, or None if it is missing."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def encoded(self) -> bytes:
        """Returns the bytes that are sent over the connection."""
        lines = [f"{self.method} {self.path} HTTP/1.1"]
        if self.header("Host") is None:
            lines.append("Host: 127.0.0.1")
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.header("Transfer-Encoding") is None:
            lines.append(f"Content-Length: {len(self.body)}")
        lines.append("Connection: close")
        head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
        if self.header("Transfer-Encoding") is None:
            return head + self.body
        return head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(self.body), self.body)

    @property
    def media_type(self) -> str:
        """The content type without its parameters, in lower case."""
        return (self.header("Content-Type") or "").split(";")[0].strip().lower()

    def described(self) -> str:
        """Returns a line for a report."""
        body = self.body if len(self.body) <= 400 else self.body[:397] + b"..."
        headers = [f"{name}: {value}" for name, value in self.headers if (name, value) != Request.headers[0]]
        words = [self.method, self.path, *headers, body.decode("utf-8", "backslashreplace")]
        if self.context_values != CONTEXT_VALUES:
            words.append(f"[context_values.yaml: {self.context_values!r}]")
        return " ".join(words)


@dataclasses.dataclass(frozen=True)
class Answer:
    """The answer of a server, without a status if the server ended or did not answer in time."""

    status: int | None
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    body: bytes = b""
    problem: str = ""

    @property
    def is_json(self) -> bool:
        """Whether the body is JSON according to the standard, without NaN and Infinity."""
        return not isinstance(self.json, NoJSON)

    @property
    def json(self) -> Any:
        """The body as JSON, or an instance of `NoJSON`."""
        try:
            return json.loads(self.body.decode("utf-8"), parse_constant=refuse_constant)
        except (ValueError, RecursionError):
            return NoJSON()

    def error(self, key: str) -> Any:
        """Returns a part of the error object, or None if there is none."""
        value = self.json
        error = value.get("error") if isinstance(value, dict) else None
        return error.get(key) if isinstance(error, dict) else None

    def described(self) -> str:
        """Returns a line for a report."""
        if self.status is None:
            return self.problem
        text = self.body.decode("utf-8", "backslashreplace").replace("\n", "\\n")
        if len(text) > 600:
            text = text[:597] + "..."
        name = self.headers.get("ingress-error")
        return f"{self.status}{f' ({name})' if name else ''} {text}"


class NoJSON:
    """A placeholder for a body that is not JSON."""


def refuse_constant(name: str) -> None:
    """Fails for NaN and Infinity, which Python accepts and JSON does not."""
    raise ValueError(f"{name} is no JSON")


def send(request: Request, port: int, timeout: float) -> Answer:
    """Sends a request over a separate connection, and returns the answer."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
            try:
                connection.sendall(request.encoded())
            except (BrokenPipeError, ConnectionResetError):
                pass  # The server may have answered before it read everything.
            response = http.client.HTTPResponse(connection, method=request.method)
            response.begin()
            body = response.read()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, headers, body)
    except TimeoutError:
        return Answer(None, problem=f"no answer within {timeout:g} s")
    except (OSError, http.client.HTTPException) as error:
        return Answer(None, problem=f"no answer: {error!r}")


def same(one: Any, other: Any) -> bool:
    """Returns whether two values are the same JSON. 1 and 1.0 are; 1 and true, or -0.0 and 0.0, are not."""
    if isinstance(one, bool) or isinstance(other, bool) or one is None or other is None:
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return one == other and (one != 0 or math.copysign(1, one) == math.copysign(1, other))
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return one == other


def first_difference(one: Any, other: Any, path: str = "") -> str:
    """Describes the first place where two values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            if key not in one or key not in other:
                return f"{path}.{key} is only in {'ours' if key in other else 'the original'}"
            if not same(one[key], other[key]):
                return first_difference(one[key], other[key], f"{path}.{key}")
    if isinstance(one, list) and isinstance(other, list):
        for number, (element, counterpart) in enumerate(zip(one, other)):
            if not same(element, counterpart):
                return first_difference(element, counterpart, f"{path}[{number}]")
        return f"{path or 'the list'} has {len(one)} elements, in ours {len(other)}"
    return f"{path or 'all'}: {json.dumps(one)[:300]}, in ours {json.dumps(other)[:300]}"


def without_generated_ids(value: Any) -> Any:
    """Returns the value with the same text in place of each id that MongoDB's drivers have generated."""
    if isinstance(value, str) and GENERATED_ID.fullmatch(value):
        return "<generated id>"
    if isinstance(value, list):
        return [without_generated_ids(element) for element in value]
    if isinstance(value, dict):
        return {key: without_generated_ids(element) for key, element in value.items()}
    return value


def equal(original: Answer, ours: Answer) -> bool:
    """Returns whether two answers are the same to a caller: in status, and in JSON unless neither has a body."""
    if original.status is None or original.status != ours.status:
        return False
    if not original.body and not ours.body:
        return True
    return original.is_json and ours.is_json and same(original.json, ours.json)
