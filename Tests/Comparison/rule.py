"""The rules for differences between the answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from calls import Call
from exchange import Answer, Request


@dataclasses.dataclass(frozen=True)
class Rule:
    """A kind of requests to which the emulator gives another answer than the original, and the answer to give."""

    name: str
    applies: Callable[[Call, Answer], bool]
    wrong: Callable[[Call, Answer, Answer], str | None] = lambda call, theirs, ours: None
    instead: Callable[[Call], Request] | None = None
