"""Figures and statements about them: medians with their ranges, ratios, goals, growth. Nothing is measured here."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Sequence
from typing import Any


@dataclasses.dataclass(frozen=True)
class Spread:
    """The measurements of one quantity in several rounds."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of the values."""
        return statistics.median(self.values)

    def as_json(self) -> dict[str, Any]:
        """Returns the figures for the report's JSON."""
        return {"median": self.median, "min": min(self.values), "max": max(self.values), "values": list(self.values)}

    def __str__(self) -> str:
        if len(self.values) == 1:
            return number(self.median)
        return f"{number(self.median)} ({number(min(self.values))}–{number(max(self.values))})"


def spread(values: Sequence[float]) -> Spread:
    """Returns the values of several rounds as one figure."""
    return Spread(tuple(values))


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Returns the ratios of ours to theirs, round by round, with NaN if theirs is zero."""
    return spread([one / other if other else float("nan") for one, other in zip(ours, theirs, strict=True)])


def number(value: float) -> str:
    """Returns a figure with three significant digits, and with all digits before the decimal point."""
    if value != value:
        return "–"
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


@dataclasses.dataclass(frozen=True)
class Goal:
    """A figure and the bound that it has to keep."""

    what: str
    figure: float
    bound: float
    unit: str = ""
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Whether the figure is within its bound, which NaN is not."""
        return self.figure >= self.bound if self.at_least else self.figure <= self.bound

    def as_json(self) -> dict[str, Any]:
        """Returns the goal for the report's JSON."""
        return {**dataclasses.asdict(self), "holds": self.holds}

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        unit = f" {self.unit}" if self.unit else ""
        kept = "holds" if self.holds else "**does not hold**"
        return f"{self.what} {sign} {number(self.bound)}{unit}: {kept} ({number(self.figure)}{unit})"


def growth(name: str, values: Sequence[float]) -> str:
    """Describes the change of a figure from the first value to the last: flat within a quarter, growing or falling."""
    first, last = values[0], values[-1]
    if not first or first != first or last != last:
        return f"{name} cannot be compared ({number(first)} to {number(last)})"
    factor = last / first
    if 0.8 <= factor <= 1.25:
        return f"{name} stays flat ({number(first)} to {number(last)})"
    verb, times = ("grows", factor) if factor > 1 else ("falls", 1 / factor)
    return f"{name} {verb} by a factor of {number(times)} ({number(first)} to {number(last)})"


MAY_FALL = 0.15
"""The fraction by which a ratio may be lower than the stored one."""


@dataclasses.dataclass(frozen=True)
class Compared:
    """Lines that compare ratios with the stored ones, and whether any ratio has fallen too far."""

    lines: list[str]
    failed: bool


def compare_ratios(stored: dict[str, float], measured: dict[str, float]) -> Compared:
    """Compares ratios with stored ones. A higher ratio is always better."""
    lines, failed = [], False
    for name in {**stored, **measured}:
        if name not in measured:
            lines.append(f"FAILED  {name}: stored as {number(stored[name])}, and not measured")
            failed = True
        elif name not in stored:
            lines.append(f"new     {name}: {number(measured[name])}; nothing is stored, make bench-check ARGS=--store")
        else:
            change = measured[name] / stored[name] - 1
            fell = change < -MAY_FALL
            failed = failed or fell
            lines.append(
                f"{'FAILED' if fell else 'ok    '}  {name}: {number(measured[name])}, stored {number(stored[name])}"
                f" ({change * 100:+.0f} %)"
            )
    return Compared(lines, failed)
