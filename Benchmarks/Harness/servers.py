"""The servers to measure: the emulator, the plain handler, and Python peers with the MongoDB that one of them needs."""

from __future__ import annotations

import pathlib
import re
import shutil

from calling import Call
from processes import Server, free_port
from system import children

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PEERS = pathlib.Path(__file__).resolve().parent / "peers"
CONTEXT_VALUES = "serviceAccount: {username: user, password: pass}\n"
BUILD_SECONDS = 600
GREETING = "Greetings Ada, my username is user!"
GREET = Call("functions.example.greet", {"name": "Ada"}, GREETING)


class Emulator(Server):
    """This project's executable with the functions of a folder, which are built at its first start."""

    name = "the emulator"
    ready_seconds = BUILD_SECONDS
    program = ROOT / ".build/optimised/release/workspace"

    def __init__(self, folder: pathlib.Path, store: str = "none", **settings: str | int) -> None:
        super().__init__(folder)
        self.store = store
        self.settings = settings

    def command(self) -> list[str]:
        options = [word for key, value in self.settings.items() for word in (f"--{key.replace('_', '-')}", str(value))]
        if self.store != "none":
            options += ["--document-db-port", str(free_port())]
        functions = str(self.folder / "functions")
        start = [str(self.program), "run", "--functions", functions, "--port", "0", "--document-store", self.store]
        # A call that arrives during the first build waits for it, however long it takes.
        return [*start, "--build-wait-ms", str(BUILD_SECONDS * 1000), *options]

    def listens(self) -> bool:
        """Returns whether the emulator has printed its port, and records it."""
        found = re.search(r"^Listening on http://127\.0\.0\.1:(\d+)", self.printed(), re.MULTILINE)
        if found is not None:
            self.port = int(found[1])
        return found is not None

    def is_ready(self) -> bool:
        """Returns whether the functions are built and loaded and the requested document store is available."""
        printed = self.printed()
        has_store = self.store == "none" or "\nDocument store: " in printed
        return self.listens() and has_store and re.search(r"^Functions are ", printed, re.MULTILINE) is not None

    def workers(self) -> list[int]:
        """Returns the worker processes."""
        return children(self.pid, "FunctionWorker")


class PlainHandler(Server):
    """A Hummingbird handler that gives the same answer as `greet`."""

    name = "plain-handler"
    program = ROOT / ".build/plain-handler/release/plain-handler"

    def command(self) -> list[str]:
        return [str(self.program), str(self.port)]


class FunctionsFramework(Server):
    """The package functions-framework, started with its own command as in production."""

    name = "functions-framework"

    def __init__(self, folder: pathlib.Path, python: pathlib.Path) -> None:
        super().__init__(folder)
        self.python = python

    def command(self) -> list[str]:
        program = str(self.python.parent / "functions-framework")
        source = str(PEERS / "functions-framework.py")
        return [program, "--target", "greet", "--source", source, "--host", "127.0.0.1", "--port", str(self.port)]


class Mongod(Server):
    """A MongoDB server for the package ixoncdkingress."""

    name = "mongod"

    def __init__(self, folder: pathlib.Path, program: str) -> None:
        super().__init__(folder)
        self.program = program

    def command(self) -> list[str]:
        data = self.folder / "data"
        data.mkdir(exist_ok=True)
        options = ["--quiet", "--bind_ip", "127.0.0.1", "--nounixsocket", "--wiredTigerCacheSizeGB", "0.25"]
        return [self.program, "--dbpath", str(data), "--port", str(self.port), *options]


class Original(Server):
    """The package ixoncdkingress in its development mode, with the functions of `make compare`."""

    name = "ixoncdkingress"
    # The package does not end when it is asked to.
    stop_seconds = 1.0

    def __init__(self, folder: pathlib.Path, python: pathlib.Path, mongod: Mongod) -> None:
        super().__init__(folder)
        self.python = python
        self.mongod = mongod

    def command(self) -> list[str]:
        comparison = ROOT / "Tests/Comparison"
        (self.folder / "functions").mkdir(exist_ok=True)
        shutil.copy(comparison / "functions/example.py", self.folder / "functions")
        (self.folder / "context_values.yaml").write_text(CONTEXT_VALUES)
        return [str(self.python), "-B", str(comparison / "start-original.py")]

    def environment(self) -> dict[str, str]:
        return {
            "CBC_PATH": str(self.folder / "functions"),
            "HTTP_SERVER_BIND": "127.0.0.1",
            "HTTP_SERVER_PORT": str(self.port),
            "DOCUMENT_DB_PORT": str(self.mongod.port),
            # No request leaves this machine.
            "API_CLIENT_BASE_URL": "http://127.0.0.1:9/",
        }
