"""The environment of a run: its settings, its scratch folder and the programs that it needs."""

from __future__ import annotations

import dataclasses
import pathlib
import subprocess

from servers import ROOT

INSTALL_SECONDS = 600


@dataclasses.dataclass(frozen=True)
class Peer:
    """A Python environment with packages to compare with, or the reason why there is none."""

    python: pathlib.Path | None
    missing: str = ""


def peer(list_name: str, folder: str) -> Peer:
    """Returns the environment of a requirements file, and installs it if it is missing."""
    try:
        ran = subprocess.run(
            ["Scripts/install-python-environment", f"requirements/{list_name}", folder],
            cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=INSTALL_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return Peer(None, f"its packages were not installed within {INSTALL_SECONDS} s")
    if ran.returncode != 0:
        return Peer(None, next(iter(ran.stderr.strip().splitlines()[-1:]), "its packages could not be installed"))
    return Peer(ROOT / ran.stdout.strip())


def versions(python: pathlib.Path, names: list[str]) -> str:
    """Returns the versions of Python and of packages in an environment."""
    code = (
        "import sys, platform; from importlib.metadata import version\n"
        "packages = [name + ' ' + version(name) for name in sys.argv[1:]]\n"
        "print(', '.join(['Python ' + platform.python_version(), *packages]))"
    )
    ran = subprocess.run([str(python), "-c", code, *names], capture_output=True, text=True, timeout=60)
    return ran.stdout.strip() or "unknown"


@dataclasses.dataclass(frozen=True)
class Environment:
    """The settings, folders and programs for measuring all sections."""

    scratch: pathlib.Path
    rounds: int
    seconds: float
    saves: int
    starts: int
    quick: bool
    mongod: str | None
    functions_framework: Peer
    original: Peer
    # The revision to compare the first build with, if any.
    base: str | None

    def folder(self, name: str) -> pathlib.Path:
        """Creates a folder for a server and returns its path."""
        folder = self.scratch / name
        folder.mkdir(parents=True)
        return folder
