"""Calls of functions: single ones, which are checked, and many by wrk."""

from __future__ import annotations

import dataclasses
import http.client
import json
import pathlib
import re
from typing import Any

from processes import Failed, run

LUA = pathlib.Path(__file__).resolve().parent.parent / "call.lua"
TIMEOUT_SECONDS = 2
JSON = {"Content-Type": "application/json"}


@dataclasses.dataclass(frozen=True)
class Call:
    """A call of a function, as the platform sends it, and the expected answer."""

    name: str
    arguments: dict[str, Any]
    answer: Any
    context: dict[str, Any] | None = None

    def body(self) -> bytes:
        """Returns the body of the request."""
        parts: dict[str, Any] = {"name": self.name, "arguments": self.arguments}
        if self.context is not None:
            parts["context"] = self.context
        return json.dumps(parts).encode()

    def is_answered_by(self, status: int, body: bytes) -> bool:
        """Returns whether an answer is correct. If the expected answer is `...`, any successful answer is."""
        if status != 200:
            return False
        try:
            answer = json.loads(body)
        except ValueError:
            return False
        return self.answer is ... or answer == self.answer


def send(port: int, body: bytes, seconds: float = 60) -> tuple[int, bytes]:
    """Sends a call, and returns the status and the body of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("POST", "/", body, JSON)
        response = connection.getresponse()
        return response.status, response.read()
    except TimeoutError:
        raise Failed(f"a call is not answered within {seconds:g} s") from None
    except (OSError, http.client.HTTPException) as error:
        raise Failed(f"a call is not answered: {error!r}") from None
    finally:
        connection.close()


def check(call: Call, port: int, who: str, seconds: float = 60) -> None:
    """Makes a call once, and fails if the answer is wrong or stale."""
    status, body = send(port, call.body(), seconds)
    if not call.is_answered_by(status, body):
        raise Failed(f"{who} answers {call.name} wrongly: {status} {body[:500].decode(errors='replace')}")


@dataclasses.dataclass(frozen=True)
class Round:
    """The measurements of wrk in one round.

    They are calls a second, milliseconds, errors, and the share of a core that wrk used itself.
    """

    rate: float
    p50: float
    p99: float
    errors: int
    client: float


def measure(
    call: Call,
    port: int,
    who: str,
    connections: int,
    seconds: float,
    scratch: pathlib.Path,
    timeout: float = TIMEOUT_SECONDS,
) -> Round:
    """Checks a call's answer, then repeats the call on a number of connections. Calls that take too long are errors."""
    check(call, port, who)
    body = scratch / "call.json"
    body.write_bytes(call.body())
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--timeout", f"{timeout:g}s", "--latency"]
    # wrk does not wait for answers after its time, but may take long to open many connections.
    finished = run(
        [*command, "-s", str(LUA), f"http://127.0.0.1:{port}/"], 3 * seconds + 20, CALL_FILE=str(body)
    )
    found = re.search(r"^RESULT (\S+) (\S+) (\S+) (\d+)$", finished.output, re.MULTILINE)
    if found is None:
        raise Failed(f"wrk printed no result: {finished.output[-500:]}")
    rate, p50, p99 = float(found[1]), float(found[2]) / 1000, float(found[3]) / 1000
    return Round(rate, p50, p99, int(found[4]), finished.processor_seconds / finished.seconds)


CLIENT_LIMIT = 0.9
"""The share of a core above which wrk, which has one thread, is the limit of a round."""


def limited(rounds: list[Round]) -> str:
    """Returns a remark if wrk itself was the limit in any round."""
    return "the client was the limit" if any(each.client > CLIENT_LIMIT for each in rounds) else ""
