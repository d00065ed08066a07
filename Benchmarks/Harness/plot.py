"""Line plots as SVG."""

from __future__ import annotations

import dataclasses
import html
import math
from collections.abc import Sequence

WIDTH, HEIGHT = 480, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 28, 44, 48
COLOURS = ("#0b62a8", "#c2410c", "#15803d", "#7e22ce")


@dataclasses.dataclass(frozen=True)
class Line:
    """A line: its name, and a value for each place on the x axis. NaN leaves a gap."""

    name: str
    values: Sequence[float]


@dataclasses.dataclass(frozen=True)
class Panel:
    """A diagram of lines over the same places, which have a logarithmic scale.

    The y axis of a logarithmic diagram has powers of ten as its marks. In other diagrams it begins at 0.
    """

    title: str
    x_title: str
    places: Sequence[float]
    labels: Sequence[str]
    lines: Sequence[Line]
    logarithmic: bool = False


def marks(values: Sequence[float], logarithmic: bool) -> list[float]:
    """Returns the marks of a y axis: powers of ten, or four to nine marks at a distance of 1, 2 or 5 times one."""
    largest = max(values, default=0) or 1
    if logarithmic:
        smallest = min((value for value in values if value > 0), default=largest)
        first, last = math.floor(math.log10(smallest)), math.ceil(math.log10(largest))
        return [10.0**exponent for exponent in range(first, max(last, first + 1) + 1)]
    power = 10.0 ** math.floor(math.log10(largest / 4))
    distance = next(factor * power for factor in (5, 2, 1) if largest / (factor * power) >= 4)
    return [distance * number for number in range(math.ceil(largest / distance) + 1)]


def part(value: float, axis: Sequence[float], logarithmic: bool) -> float:
    """Returns the position of a value on an axis with the given marks, from 0 to 1."""
    if not logarithmic:
        return (value - axis[0]) / (axis[-1] - axis[0])
    return math.log(max(value, axis[0]) / axis[0]) / math.log(axis[-1] / axis[0])


def text(x: float, y: float, words: str, anchor: str = "middle", colour: str = "#333", weight: str = "normal") -> str:
    """Returns a text element."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-weight="{weight}">'
        f"{html.escape(words)}</text>"
    )


def draw(panel: Panel, left: float) -> list[str]:
    """Returns the elements of a diagram at a distance from the left."""
    x0, x1, y0, y1 = left + LEFT, left + WIDTH - RIGHT, HEIGHT - BOTTOM, TOP
    axis = marks([value for line in panel.lines for value in line.values if value == value], panel.logarithmic)
    ends = (panel.places[0], panel.places[-1] if len(panel.places) > 1 else panel.places[0] + 1)

    def x(index: int) -> float:
        return x0 + (x1 - x0) * part(panel.places[index], ends, True)

    def y(value: float) -> float:
        return y0 - (y0 - y1) * part(value, axis, panel.logarithmic)

    elements = [text((x0 + x1) / 2, 16, panel.title, weight="bold"), text((x0 + x1) / 2, HEIGHT - 8, panel.x_title)]
    for mark in axis:
        elements.append(f'<path d="M{x0:.1f} {y(mark):.1f}H{x1:.1f}" stroke="#ddd"/>')
        elements.append(text(x0 - 6, y(mark) + 4, f"{mark:,.10g}", "end"))
    elements += [text(x(index), y0 + 18, label) for index, label in enumerate(panel.labels)]
    for number, line in enumerate(panel.lines):
        colour = COLOURS[number % len(COLOURS)]
        points = [(x(index), y(value)) for index, value in enumerate(line.values) if value == value]
        path = "L".join(f"{px:.1f} {py:.1f}" for px, py in points)
        if points:
            elements.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        elements += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>' for px, py in points]
        elements.append(text(x0 + (x1 - x0) * (number + 0.5) / len(panel.lines), 34, line.name, colour=colour))
    return elements


def svg(panels: Sequence[Panel]) -> str:
    """Returns a picture of diagrams side by side."""
    width = WIDTH * len(panels)
    elements = [element for number, panel in enumerate(panels) for element in draw(panel, WIDTH * number)]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}"'
        ' font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        *elements,
        "</svg>\n",
    ])
