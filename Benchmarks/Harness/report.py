"""The report: the same figures as Markdown, as JSON and as plots."""

from __future__ import annotations

import dataclasses
import json
import pathlib
from collections.abc import Sequence
from typing import Any

import plot
from figures import Goal, Spread, number

Cell = str | float | int | Spread | None


@dataclasses.dataclass
class Table:
    """Figures in rows; a column has the same key in each row."""

    name: str
    columns: dict[str, str]
    rows: list[dict[str, Cell]] = dataclasses.field(default_factory=list)

    def markdown(self) -> list[str]:
        """Its lines."""
        lines = ["| " + " | ".join(self.columns.values()) + " |", "|---" * len(self.columns) + "|"]
        return lines + ["| " + " | ".join(written(row.get(key)) for key in self.columns) + " |" for row in self.rows]

    def as_json(self) -> dict[str, Any]:
        """Its figures."""
        rows = [{key: plain(row.get(key)) for key in self.columns} for row in self.rows]
        return {"name": self.name, "columns": self.columns, "rows": rows}


def written(cell: Cell) -> str:
    """A cell in Markdown."""
    if cell is None:
        return ""
    return number(cell) if isinstance(cell, (int, float)) else str(cell)


def plain(cell: Cell) -> Any:
    """A cell in JSON, which has no word for what is no number."""
    if isinstance(cell, Spread):
        return cell.as_json()
    return None if cell != cell else cell


@dataclasses.dataclass
class Section:
    """A part of the report, in the order in which it is said."""

    name: str
    title: str
    blocks: list[str | Table | Goal | pathlib.Path] = dataclasses.field(default_factory=list)
    plots: dict[str, str] = dataclasses.field(default_factory=dict)

    def say(self, words: str) -> None:
        """Adds a paragraph."""
        self.blocks.append(words)

    def table(self, name: str, **columns: str) -> Table:
        """Adds a table, whose rows come later."""
        table = Table(name, columns)
        self.blocks.append(table)
        return table

    def goal(self, goal: Goal) -> None:
        """Adds a goal and whether it holds."""
        self.blocks.append(goal)

    def plot(self, name: str, panels: Sequence[plot.Panel]) -> None:
        """Adds a picture."""
        file = f"{name}.svg"
        self.plots[file] = plot.svg(panels)
        self.blocks.append(pathlib.Path(file))

    def markdown(self) -> str:
        """The section with its heading; goals that follow each other are one list."""
        parts, before = [f"## {self.title}"], None
        for block in self.blocks:
            if isinstance(block, Goal):
                line = f"- {block}"
                if isinstance(before, Goal):
                    parts[-1] += "\n" + line
                else:
                    parts.append(line)
            elif isinstance(block, Table):
                parts.append("\n".join(block.markdown()))
            elif isinstance(block, pathlib.Path):
                parts.append(f"![{block.stem}]({block})")
            else:
                parts.append(block)
            before = block
        return "\n\n".join(parts)

    def as_json(self) -> dict[str, Any]:
        """The section's figures and words."""
        return {
            "name": self.name,
            "title": self.title,
            "notes": [block for block in self.blocks if isinstance(block, str)],
            "tables": [block.as_json() for block in self.blocks if isinstance(block, Table)],
            "goals": [block.as_json() for block in self.blocks if isinstance(block, Goal)],
            "plots": list(self.plots),
        }


@dataclasses.dataclass
class Report:
    """All that one run measured."""

    folder: pathlib.Path
    head: dict[str, str]
    settings: str
    sections: list[Section] = dataclasses.field(default_factory=list)
    complete: bool = False

    def add(self, name: str, title: str) -> Section:
        """Adds a section."""
        section = Section(name, title)
        self.sections.append(section)
        return section

    @property
    def goals(self) -> list[Goal]:
        """The goals of all sections."""
        return [block for section in self.sections for block in section.blocks if isinstance(block, Goal)]

    def write(self) -> None:
        """Writes what is there so far; what an earlier run left is deleted."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob("*.svg"):
            old.unlink()
        for section in self.sections:
            for file, picture in section.plots.items():
                (self.folder / file).write_text(picture)
        lines = [f"- {name}: {words}" for name, words in self.head.items()]
        unfinished = [] if self.complete else ["**This run did not end: what follows is what it had measured.**"]
        parts = ["# Measurements", *unfinished, "\n".join(lines), self.settings]
        markdown = "\n\n".join([*parts, *(section.markdown() for section in self.sections)])
        (self.folder / "report.md").write_text(markdown + "\n")
        figures = {
            "complete": self.complete,
            "head": self.head,
            "settings": self.settings,
            "sections": [section.as_json() for section in self.sections],
        }
        (self.folder / "report.json").write_text(json.dumps(without_nan(figures), indent=1, ensure_ascii=False) + "\n")


def without_nan(value: Any) -> Any:
    """The value with null for what is no number."""
    if isinstance(value, dict):
        return {key: without_nan(element) for key, element in value.items()}
    if isinstance(value, list):
        return [without_nan(element) for element in value]
    return None if value != value else value
