"""Figures of the kernel about processes and the machine, and the versions of programs."""

from __future__ import annotations

import datetime
import json
import os
import pathlib
import platform
import re
import subprocess

from processes import Failed

PROC = pathlib.Path("/proc")


def status(pid: int, key: str) -> int:
    """Returns a figure of a process's status, in kilobytes if it is about memory."""
    try:
        found = re.search(rf"^{key}:\s+(\d+)", (PROC / str(pid) / "status").read_text(), re.MULTILINE)
    except OSError:
        found = None
    if found is None:
        raise Failed(f"process {pid} has no {key}")
    return int(found[1])


def megabytes(pid: int, key: str) -> float:
    """Returns a figure about memory of a process's status, in megabytes."""
    return status(pid, key) * 1024 / 1e6


def reset_peak(pid: int) -> None:
    """Resets a process's peak of resident memory (VmHWM) to its current memory."""
    (PROC / str(pid) / "clear_refs").write_text("5")


def children(pid: int, name: str) -> list[int]:
    """Returns the child processes of a process that run a program with the given name."""
    found = []
    for task in (PROC / str(pid) / "task").iterdir():
        for child in (task / "children").read_text().split():
            try:
                if (PROC / child / "comm").read_text().strip() == name[:15]:
                    found.append(int(child))
            except OSError:
                continue
    return sorted(found)


def processor_seconds(pid: int) -> float:
    """Returns the processor time of a process and its descendants, including ended ones that were waited for."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        tasks = (PROC / str(pid) / "task").iterdir()
        below = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return 0.0
    own = sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    return own + sum(processor_seconds(int(child)) for child in below)


def switches(pid: int) -> int:
    """Returns the number of times that the threads of a process have waited and been woken so far."""
    total = 0
    for task in (PROC / str(pid) / "task").iterdir():
        try:
            found = re.search(r"^voluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text(), re.MULTILINE)
        except OSError:
            continue
        total += int(found[1]) if found else 0
    return total


def first_line(*command: str) -> str:
    """Returns the first line that a command prints, whatever its exit status."""
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    return next(iter((ran.stdout + ran.stderr).strip().splitlines()), "unknown")


def hummingbird() -> str:
    """Returns the version of Hummingbird that SwiftPM has checked out."""
    try:
        state = json.loads(pathlib.Path(".build/plain-handler/workspace-state.json").read_text())
        for dependency in state["object"]["dependencies"]:
            if dependency["packageRef"]["identity"] == "hummingbird":
                return dependency["state"]["checkoutState"]["version"]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return "unknown"


def processor() -> str:
    """Returns the name of the processor."""
    found = re.search(r"^model name\s*:\s*(.*)$", (PROC / "cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def head(mongod: str | None, peers: dict[str, str]) -> dict[str, str]:
    """Returns the head of a report. The load is that before the run."""
    memory = int((PROC / "meminfo").read_text().split()[1]) * 1024 / 1e9
    changed = " with changes" if first_line("git", "status", "--porcelain", "-uno") != "unknown" else ""
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    return {
        "date": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        "emulator": first_line("git", "rev-parse", "HEAD") + changed,
        "Swift": first_line("swift", "--version"),
        "Hummingbird": hummingbird(),
        "wrk": first_line("wrk", "-v").split(" Copyright")[0].removeprefix("wrk "),
        "MongoDB": first_line(mongod, "--version").removeprefix("db version ") if mongod else "none",
        **peers,
        "machine": f"{processor()}, {len(os.sched_getaffinity(0))} cores, {memory:.1f} GB, Linux {platform.release()}",
        "load before the run": f"{load} (over 1, 5 and 15 minutes)",
    }
