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
    """Figures in rows. A column has the same key in each row."""

    name: str
    columns: dict[str, str]
    rows: list[dict[str, Cell]] = dataclasses.field(default_factory=list)

    def markdown(self) -> list[str]:
        """Returns the lines of the table."""
        lines = ["| " + " | ".join(self.columns.values()) + " |", "|---" * len(self.columns) + "|"]
        return lines + ["| " + " | ".join(written(row.get(key)) for key in self.columns) + " |" for row in self.rows]

    def as_json(self) -> dict[str, Any]:
        """Returns the figures of the table."""
        rows = [{key: plain(row.get(key)) for key in self.columns} for row in self.rows]
        return {"name": self.name, "columns": self.columns, "rows": rows}


def written(cell: Cell) -> str:
    """Returns a cell in Markdown."""
    if cell is None:
        return ""
    return number(cell) if isinstance(cell, (int, float)) else str(cell)


def plain(cell: Cell) -> Any:
    """Returns a cell in JSON, which cannot express NaN."""
    if isinstance(cell, Spread):
        return cell.as_json()
    return None if cell != cell else cell


@dataclasses.dataclass
class Section:
    """A part of the report, as a sequence of paragraphs, tables, goals and pictures."""

    name: str
    title: str
    blocks: list[str | Table | Goal | pathlib.Path] = dataclasses.field(default_factory=list)
    plots: dict[str, str] = dataclasses.field(default_factory=dict)

    def say(self, words: str) -> None:
        """Adds a paragraph."""
        self.blocks.append(words)

    def table(self, name: str, **columns: str) -> Table:
        """Adds a table, whose rows are added later."""
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
        """Returns the section with its heading. Successive goals form one list."""
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
        """Returns the section's figures and words."""
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
    """The measurements of one run."""

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
        """Writes the report as far as it is complete, and deletes the pictures of earlier runs."""
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
    """Returns the value with null in place of NaN."""
    if isinstance(value, dict):
        return {key: without_nan(element) for key, element in value.items()}
    if isinstance(value, list):
        return [without_nan(element) for element in value]
    return None if value != value else value
