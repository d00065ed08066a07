"""Calls of functions: one that is checked, and many by wrk."""

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
    """A call of a function, as the platform sends it, and the answer that it has to bring."""

    name: str
    arguments: dict[str, Any]
    answer: Any
    context: dict[str, Any] | None = None

    def body(self) -> bytes:
        """What is sent."""
        parts: dict[str, Any] = {"name": self.name, "arguments": self.arguments}
        if self.context is not None:
            parts["context"] = self.context
        return json.dumps(parts).encode()

    def is_answered_by(self, status: int, body: bytes) -> bool:
        """Whether an answer is the right one; a call with `...` as its answer takes any that is well."""
        if status != 200:
            return False
        try:
            answer = json.loads(body)
        except ValueError:
            return False
        return self.answer is ... or answer == self.answer


def send(port: int, body: bytes, seconds: float = 60) -> tuple[int, bytes]:
    """Sends one call, and returns the answer's status and body."""
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
    """Makes a call once, and fails when the answer is wrong or stale."""
    status, body = send(port, call.body(), seconds)
    if not call.is_answered_by(status, body):
        raise Failed(f"{who} answers {call.name} wrongly: {status} {body[:500].decode(errors='replace')}")


@dataclasses.dataclass(frozen=True)
class Round:
    """What wrk measured in one round.

    Calls a second, milliseconds, errors, and the share of a core that wrk used itself.
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
    """Checks a call's answer, then repeats it on a number of connections; what takes too long counts as an error."""
    check(call, port, who)
    body = scratch / "call.json"
    body.write_bytes(call.body())
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--timeout", f"{timeout:g}s", "--latency"]
    # It waits for no answer after its time, but may take long to begin with many connections.
    finished = run(
        [*command, "-s", str(LUA), f"http://127.0.0.1:{port}/"], 3 * seconds + 20, CALL_FILE=str(body)
    )
    found = re.search(r"^RESULT (\S+) (\S+) (\S+) (\d+)$", finished.output, re.MULTILINE)
    if found is None:
        raise Failed(f"wrk printed no result: {finished.output[-500:]}")
    rate, p50, p99 = float(found[1]), float(found[2]) / 1000, float(found[3]) / 1000
    return Round(rate, p50, p99, int(found[4]), finished.processor_seconds / finished.seconds)


CLIENT_LIMIT = 0.9
"""The share of a core from which on wrk, which has one thread, is what limits a round."""


def limited(rounds: list[Round]) -> str:
    """A remark when wrk itself was the limit in any round."""
    return "the client was the limit" if any(each.client > CLIENT_LIMIT for each in rounds) else ""
