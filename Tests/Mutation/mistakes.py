"""Finds the mistakes that can be made in a Swift file, each in one line.

Regular expressions read the lines, because the formatter puts spaces around operators and each statement on a line.
"""

import dataclasses
import re
from collections.abc import Iterator

# The replacements of operators that have a space on each side.
OPERATORS = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "===": "!==", "!==": "===",
    "&&": "||", "||": "&&", "&": "|", "|": "&", "<<": ">>", ">>": "<<",
    "+": "-", "-": "+", "*": "+", "/": "*", "%": "/", "+=": "-=", "-=": "+=", "&+": "&-", "&-": "&+",
}
OPERATOR = re.compile(r"(?<= )(?:" + "|".join(re.escape(text) for text in sorted(OPERATORS, key=len)[::-1]) + r")(?= )")
RANGE = re.compile(r"(?<=[\w)\]}])(?:\.\.\.|\.\.<)(?=[\w($\"])")
INTEGER = re.compile(r"(?<![\w.$])(?:0x[0-9A-Fa-f_]+|\d[\d_]*)(?!\.\d|\w)")
BOOLEAN = re.compile(r"(?<![\w.`])(?:true|false)\b")
NEGATION = re.compile(r"(?<![\w)\]!])!(?=[\w(])")
EXTREME = re.compile(r"(?<![\w.])(?:min|max)(?=\()")
# Statements that can be removed without leaving anything undeclared: assignments, calls, and early ends.
ASSIGNMENT = r"(?:[\w.?$]|\[.*?\]|\(.*?\))+ [-+*]?= .+"
CALL = r"(?:_ = )?(?:try |await )*[\w.?]+\(.*\)|(?:_ = )?(?:try |await )*[\w.?]+ \{ .* \}"
# The beginnings of other statements. The assignments of an initializer cannot be removed either.
OTHER = r"(?:let|var|return|case|if|guard|else|func|for|while|switch|throw|init)\b|self\.\w+ = "
STATEMENT = re.compile(rf"(?!{OTHER})(?:{ASSIGNMENT}|{CALL})")
EARLY_END = re.compile(r"(?:if (?!.*\belse\b)|guard (?!let |case |.*, (?:let|case) )|defer ).* \{ .* \}|continue|break")
# The end of a line that continues on the next one, and the beginning of a line that continues the one before.
CONTINUES = re.compile(r"(?:[,([{=+*/%<>&|?:-]|\b(?:in|else|case|return|where))$")
CONTINUED = re.compile(r"[.?:+*/%<>&|=)\]-]|else\b|where\b|as\b")


@dataclasses.dataclass(frozen=True)
class Mistake:
    """A line of a file, and its replacement."""

    path: str
    number: int
    original: str
    mutated: str

    def __str__(self) -> str:
        return f"{self.path}:{self.number}: {self.original} -> {self.mutated or '(nothing)'}"

    @property
    def texts(self) -> tuple[str, str, str]:
        """The texts by which the mistake is accepted, which stay the same when lines move."""
        return self.path, self.original, self.mutated

    def made(self, text: str) -> str:
        """Returns the text of the file with the mistake in it."""
        lines = text.split("\n")
        lines[self.number - 1] = lines[self.number - 1].replace(self.original, self.mutated)
        return "\n".join(lines)


def code_only(text: str) -> str:
    """Returns the text with blanks in place of comments and of the contents of strings and regular expressions."""
    literal = re.compile(
        r'//[^\n]*|/\*.*?\*/|(?P<open>(?P<hashes>#*)(?P<quotes>"""|"))(?:\\(?P=hashes).|.)*?(?P=quotes)(?P=hashes)'
        r"|(?<=[ (])/[^ /*\n](?:\\.|[^/\n])*/(?=[,)\n])", re.S)

    def blanked(match: re.Match) -> str:
        blank = re.sub(r"[^\n]", " ", match[0])
        return blank if match["open"] is None else f'"{blank[1:-1]}"'

    return literal.sub(blanked, text)


def mistakes(path: str, text: str) -> list[Mistake]:
    """Returns all mistakes that can be made in a file with the given text."""
    lines, codes = text.split("\n"), [line.rstrip() for line in code_only(text).split("\n")]
    found: list[Mistake] = []
    for index, (line, code) in enumerate(zip(lines, codes)):
        if re.match(r"\s*(?:import|package import|@)\b", code):
            continue
        changed = [line[:start] + new + line[end:] for start, end, new in replacements(code)]
        if is_statement(codes, index):
            changed.append("")
        found += [Mistake(path, index + 1, line.strip(), other.strip()) for other in changed]
    return found


def replacements(code: str) -> Iterator[tuple[int, int, str]]:
    """Yields the start, the end and the new text of each small change of a line."""
    for match in OPERATOR.finditer(code):
        # Strings can be joined, but not subtracted.
        joins = match[0] in ("+", "+=") and '"' in (code[match.start() - 2], code[match.end() + 1])
        if not joins:
            yield match.start(), match.end(), OPERATORS[match[0]]
    for match in RANGE.finditer(code):
        yield match.start(), match.end(), "..<" if match[0] == "..." else "..."
    for match in INTEGER.finditer(code):
        value = int(match[0].replace("_", ""), 0) + 1
        yield match.start(), match.end(), hex(value) if match[0].startswith("0x") else str(value)
    for match in BOOLEAN.finditer(code):
        yield match.start(), match.end(), "false" if match[0] == "true" else "true"
    for match in NEGATION.finditer(code):
        yield match.start(), match.end(), ""
    for match in EXTREME.finditer(code):
        yield match.start(), match.end(), "max" if match[0] == "min" else "min"


def is_statement(codes: list[str], index: int) -> bool:
    """Returns whether a line is a whole statement that can be removed."""
    code = codes[index].strip()
    if not STATEMENT.fullmatch(code) and not EARLY_END.fullmatch(code):
        return False
    if any(code.count(left) != code.count(right) for left, right in ("()", "[]", "{}")):
        return False
    before = next((other.strip() for other in reversed(codes[:index]) if other.strip()), "")
    after = next((other.strip() for other in codes[index + 1:] if other.strip()), "")
    opens_block = before.endswith("{") or before.endswith(" in") or before.endswith(":")
    return (opens_block or not CONTINUES.search(before)) and not CONTINUED.match(after)


def accepted(text: str) -> set[tuple[str, str, str]]:
    """Returns the mistakes that no test has to notice, from the text of accepted.txt."""
    texts: set[tuple[str, str, str]] = set()
    entries = re.split(r"\n\s*\n", re.sub(r"^#.*\n", "", text, flags=re.M))
    for entry in filter(None, map(str.strip, entries)):
        path, original, mutated, *reason = entry.split("\n")
        if original[:1] != "-" or mutated[:1] != "+" or not reason:
            raise ValueError(f"not a file, - line, + line and a reason:\n{entry}")
        texts.add((path, original[1:].strip(), mutated[1:].strip()))
    return texts
