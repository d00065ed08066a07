"""Workspaces for measurements."""

from __future__ import annotations

import pathlib
import shutil
import textwrap

from servers import CONTEXT_VALUES, ROOT

FUNCTIONS_A_FILE = 10
GREET_FILE = ROOT / "functions/example.swift"
DOCUMENTS_FILE = ROOT / "Benchmarks/documents.swift"

BODIES = textwrap.dedent('''\
    import CloudFunctions

    @Exposed
    func lengthOf(_ context: FunctionContext, text: String) -> Int { text.utf8.count }

    @Exposed
    func textOf(_ context: FunctionContext, length: Int) -> String {
        String(decoding: [UInt8](repeating: 120, count: length), as: UTF8.self)
    }

    @Exposed
    func pause(_ context: FunctionContext, milliseconds: Int) async throws -> Int {
        try await Task.sleep(for: .milliseconds(milliseconds))
        return milliseconds
    }
    ''')
"""The functions that the measurements of scale call, in the file `scale.swift`."""


def workspace(folder: pathlib.Path, *files: pathlib.Path) -> pathlib.Path:
    """Makes a folder a workspace with copies of files as its functions, and returns the folder."""
    functions = folder / "functions"
    functions.mkdir(parents=True)
    (folder / "context_values.yaml").write_text(CONTEXT_VALUES)
    for file in files:
        shutil.copy(file, functions)
    return folder


def with_bodies(folder: pathlib.Path) -> pathlib.Path:
    """Makes a folder a workspace with `greet` and the functions of `BODIES`, and returns the folder."""
    workspace(folder, GREET_FILE)
    (folder / "functions/scale.swift").write_text(BODIES)
    return folder


def with_functions(folder: pathlib.Path, count: int) -> str:
    """Makes a folder a workspace with a number of functions, ten in each file, and returns the name of the last one."""
    workspace(folder)
    for start in range(0, count, FUNCTIONS_A_FILE):
        functions = [
            f'@Exposed\nfunc answer{number}(_ context: FunctionContext, name: String = "person") -> String {{\n'
            f'    "\\(name) {number}"\n}}\n'
            for number in range(start, min(start + FUNCTIONS_A_FILE, count))
        ]
        text = "\n".join(["import CloudFunctions\n", *functions])
        (folder / f"functions/part{start // FUNCTIONS_A_FILE}.swift").write_text(text)
    return f"functions.part{(count - 1) // FUNCTIONS_A_FILE}.answer{count - 1}"


def changing(number: int) -> str:
    """Returns the text of the file to save, with a function that answers a number."""
    return f"import CloudFunctions\n\n@Exposed\nfunc changing(_ context: FunctionContext) -> Int {{ {number} }}\n"


def with_files(folder: pathlib.Path, count: int) -> pathlib.Path:
    """Makes a folder a workspace with a number of files, and returns the one that has an exposed function."""
    workspace(folder)
    for number in range(count - 1):
        (folder / f"functions/part{number}.swift").write_text(f"func part{number}() -> Int {{\n    {number}\n}}\n")
    file = folder / "functions/changing.swift"
    file.write_text(changing(0))
    return file


LARGE_FILES = 60


def linked(file: int, digit: int) -> str:
    """Returns a file of the large workspace: five functions that call one of another file, and one that others call."""
    functions = [
        f"\n@Exposed\nfunc {name}{file}(_ context: FunctionContext, text: String = \"x\", count: Int = 2,"
        f" flags: [Bool] = []) async throws -> [String] {{\n"
        f"    (0..<count).map {{ number in helper{(file + 1) % LARGE_FILES}(text)"
        ' + "\\(number) \\(flags.count)" }\n}\n'
        for name in "abcde"
    ]
    helper = f'import CloudFunctions\n\nfunc helper{file}(_ text: String) -> String {{ "\\(text) {digit}" }}\n'
    return helper + "".join(functions)


def large(folder: pathlib.Path) -> pathlib.Path:
    """Makes a folder a workspace of 60 files with five functions each, all of which call one of another file."""
    workspace(folder)
    for file in range(LARGE_FILES):
        (folder / f"functions/f{file}.swift").write_text(linked(file, 0))
    return folder
