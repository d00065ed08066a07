"""Agent tools: functions with typed arguments."""

from typing import Literal

from ixoncdkingress.function.context import FunctionContext
from ixoncdkingress.types import AppDescription
from pydantic import BaseModel

AppDescription(description="An app that adds things.", short_name="adder")


class Point(BaseModel):
    x: int
    y: float | None = None


@FunctionContext.expose(is_agentic=True)
def add(context: FunctionContext, a: int, b: int = 2) -> int:
    """Adds two integers."""
    return a + b


@FunctionContext.expose(
    is_agentic=True,
    requires_human_permission=True,
    description="Moves a point",
    examples=["move 1 2", "move 3 4"],
    meta={"k": "v"},
)
def move(context: FunctionContext, p: Point, mode: Literal["fast", "slow"] = "fast", note: str | None = None) -> Point:
    # A model is not JSON by itself, and the original's answer would be a failure.
    return p.model_dump(exclude_none=True)


@FunctionContext.expose(is_agentic=True)
def nodoc(context: FunctionContext, a: int) -> int:
    return a
