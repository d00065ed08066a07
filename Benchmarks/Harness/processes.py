"""Processes that are started, waited for and ended in any case."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import pathlib
import resource
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self


class Failed(Exception):
    """The reason for which a measurement cannot continue."""


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


def wait_until(what: str, seconds: float, condition: Callable[[], bool], pause: float = 0.02) -> None:
    """Waits until a condition holds, and fails if that takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise Failed(f"{what}: not within {seconds:g} s")
        time.sleep(pause)


def end(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Asks a process to end, and kills it with its session if that takes too long."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Server:
    """A process that serves requests, with its output in a file of its folder."""

    name = "server"
    ready_seconds = 60.0
    stop_seconds = 20.0

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.log = folder / f"{self.name}.log"
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.launched = 0.0

    def command(self) -> list[str]:
        """Returns the command to run. The port was free before."""
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        """Returns additional variables for the environment of the process."""
        return {}

    def is_ready(self) -> bool:
        """Returns whether the server accepts requests."""
        return listens(self.port)

    @property
    def pid(self) -> int:
        """The identifier of the process."""
        if self.process is None:
            raise Failed(f"{self.name} does not run")
        return self.process.pid

    def printed(self) -> str:
        """Returns the output of the process so far."""
        return self.log.read_text(errors="replace")

    def launch(self) -> None:
        """Starts the process in its folder, in a session of its own."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        with self.log.open("wb") as log:
            command, environment = self.command(), {**os.environ, **self.environment()}
            self.launched = time.monotonic()
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )

    def wait(self, what: str, condition: Callable[[], bool], seconds: float, pause: float = 0.02) -> None:
        """Waits until a condition holds, and fails with the output of the process if it ends or takes too long."""

        def holds() -> bool:
            if self.process is None or self.process.poll() is not None:
                raise Failed(f"{self.name} ended")
            return condition()

        try:
            wait_until(f"{self.name} {what}", seconds, holds, pause)
        except Failed as failure:
            raise Failed(f"{failure}; it printed:\n{self.printed()[-2000:]}") from None

    def stop(self) -> None:
        """Ends the process."""
        if self.process is not None:
            end(self.process, self.stop_seconds)
            self.process = None

    def __enter__(self) -> Self:
        try:
            self.launch()
            self.wait("is ready", self.is_ready, self.ready_seconds)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


@dataclasses.dataclass(frozen=True)
class Finished:
    """The output of a command that has ended, its duration and its processor time."""

    output: str
    seconds: float
    processor_seconds: float


def run(command: list[str], seconds: float, **environment: str) -> Finished:
    """Runs a command. Fails if its exit status is not 0, or if it takes too long, in which case it is killed."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.monotonic()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        usage = None
        try:
            while usage is None:
                pid, status, measured = os.wait4(process.pid, os.WNOHANG)
                if pid:
                    process.returncode, usage = os.waitstatus_to_exitcode(status), measured
                elif time.monotonic() - start > seconds:
                    raise Failed(f"{command[0]}: not within {seconds:g} s")
                else:
                    time.sleep(0.005)
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        took = time.monotonic() - start
        output.seek(0)
        errors.seek(0)
        printed = output.read().decode(errors="replace")
        if process.returncode != 0:
            said = (errors.read().decode(errors="replace") or printed).strip()
            raise Failed(f"{command[0]} ended with {process.returncode}: {said[-2000:]}")
    return Finished(printed, took, usage.ru_utime + usage.ru_stime)


def end_on_signals() -> None:
    """Makes SIGTERM and SIGHUP end the run as Ctrl-C does. Later signals do not disturb the end of its processes."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def interrupt(number: int, frame: object) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in signals:
        signal.signal(each, interrupt)


def raise_descriptor_limit() -> None:
    """Raises the limit of descriptors of this process and those that it starts. Each connection takes one."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
