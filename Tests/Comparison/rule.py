"""What a rule is."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from calls import Call
from exchange import Answer, Request


@dataclasses.dataclass(frozen=True)
class Rule:
    """A kind of requests to which the emulator answers otherwise than the original, and how."""

    name: str
    applies: Callable[[Call, Answer], bool]
    wrong: Callable[[Call, Answer, Answer], str | None] = lambda call, theirs, ours: None
    instead: Callable[[Call], Request] | None = None
