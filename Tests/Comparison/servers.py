"""The servers to compare: the original with its own MongoDB, and the emulator."""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from types import TracebackType
from typing import Self

from exchange import CONTEXT_VALUES, Answer, Request, send

HERE = pathlib.Path(__file__).resolve().parent
READY_SECONDS = 30
BUILD_SECONDS = 300
ANSWER_SECONDS = 20


class ServerFailed(Exception):
    """An error of a server that does not start."""


def free_port() -> int:
    """Returns a port of 127.0.0.1 on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def listens(port: int) -> bool:
    """Returns whether a process listens on a port of 127.0.0.1."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


def replace(folder: pathlib.Path, source: pathlib.Path) -> None:
    """Makes a folder a copy of another."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__"))


class Server:
    """A process that is started, waited for and ended, with its output in a file."""

    name = "server"

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.port = 0
        self.log = folder / f"{self.name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def launch(self, command: list[str], seconds: float, **environment: str) -> None:
        """Starts the process in its folder, in a session of its own, and waits until it is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **environment},
                start_new_session=True,
            )
        deadline = time.monotonic() + seconds
        while not self.is_ready():
            if self.process.poll() is not None:
                raise ServerFailed(f"{self.name} ended with {self.process.returncode}; see {self.log}")
            if time.monotonic() > deadline:
                raise ServerFailed(f"{self.name} is not ready after {seconds:g} s; see {self.log}")
            time.sleep(0.05)

    def is_ready(self) -> bool:
        """Returns whether the server accepts requests."""
        return listens(self.port)

    def start(self) -> None:
        """Starts the server on a free port."""
        raise NotImplementedError

    def stop(self) -> None:
        """Asks the process to end, and kills it if it does not."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        self.process = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class Mongod(Server):
    """A MongoDB server for the original, which is empty at each start."""

    name = "mongod"

    def __init__(self, folder: pathlib.Path, program: str) -> None:
        super().__init__(folder)
        self.program = program
        self.data = folder / "data"

    def start(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(parents=True)
        self.port = free_port()
        options = ["--quiet", "--bind_ip", "127.0.0.1", "--nounixsocket", "--wiredTigerCacheSizeGB", "0.25"]
        self.launch([self.program, "--dbpath", str(self.data), "--port", str(self.port), *options], READY_SECONDS)

    def stop(self) -> None:
        super().stop()
        shutil.rmtree(self.data, ignore_errors=True)


class Compared(Server):
    """A server that answers the requests."""

    def __init__(self, folder: pathlib.Path) -> None:
        super().__init__(folder)
        self.values: bytes | None = None

    def answer(self, request: Request) -> Answer:
        """Sends a request with its context values, and returns the answer."""
        if self.values != request.context_values:
            self.values = request.context_values
            (self.folder / "context_values.yaml").write_bytes(request.context_values)
        return send(request, self.port, ANSWER_SECONDS)


class Original(Compared):
    """The Python package, which is started again if a request ends it or blocks it."""

    name = "original"

    def __init__(self, folder: pathlib.Path, mongod: Mongod) -> None:
        super().__init__(folder)
        self.mongod = mongod
        self.starts = 0

    def start(self) -> None:
        replace(self.folder / "functions", HERE / "functions")
        self.starts += 1
        self.port = free_port()
        self.launch(
            [sys.executable, str(HERE / "start-original.py")],
            READY_SECONDS,
            CBC_PATH=str(self.folder / "functions"),
            HTTP_SERVER_BIND="127.0.0.1",
            HTTP_SERVER_PORT=str(self.port),
            DOCUMENT_DB_PORT=str(self.mongod.port),
            # No request leaves this machine.
            API_CLIENT_BASE_URL="http://127.0.0.1:9/",
        )

    def answer(self, request: Request) -> Answer:
        answer = super().answer(request)
        if answer.status is None:
            self.stop()
            self.start()
        return answer


class Emulator(Compared):
    """This project's executable, with a copy of the fixture."""

    name = "emulator"

    def __init__(self, folder: pathlib.Path, program: str, fixture: pathlib.Path) -> None:
        super().__init__(folder)
        self.program = program
        self.fixture = fixture

    def start(self) -> None:
        replace(self.folder / "functions", self.fixture / "functions")
        (self.folder / "context_values.yaml").write_bytes(CONTEXT_VALUES)
        store = ["--document-store", "mongod", "--document-db-port", str(free_port())]
        functions = str(self.folder / "functions")
        self.launch([self.program, "run", "--functions", functions, "--port", "0", *store], BUILD_SECONDS)

    def is_ready(self) -> bool:
        """Returns whether there is a document store and a call is answered, which waits for the build.

        The log names the port.
        """
        printed = self.log.read_text(errors="replace")
        found = re.search(r"^Listening on http://127\.0\.0\.1:(\d+)", printed, re.MULTILINE)
        if found is None or "\nDocument store: " not in printed:
            return False
        self.port = int(found[1])
        answer = self.answer(Request("ready", body=b'{"name":"example.greet"}'))
        if answer.status not in (200, 503, None):
            raise ServerFailed(f"the emulator answers {answer.described()}; see {self.log}")
        return answer.status == 200


def end_on_terminate() -> None:
    """Makes SIGTERM end the comparison as Ctrl-C does, so that the servers are ended too."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
