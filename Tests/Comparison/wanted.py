"""The requirements on the emulator's answers. Each function returns what is wrong with an answer, or None."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

from calls import Call
from exchange import Answer, same, without_generated_ids

ISO_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
OBJECT_ID = re.compile(r"[0-9a-f]{24}")


def error(status: int, *codes: str) -> Callable[[Call, Answer, Answer], str | None]:
    """Requires the error object with one of the codes, a message, and the code in the header."""

    def wrong(call: Call, theirs: Answer, ours: Answer) -> str | None:
        if ours.status != status or ours.error("code") not in codes or not ours.error("message"):
            return f"{status} with the error object wanted, of code {' or '.join(codes)}"
        if ours.headers.get("ingress-error") != ours.error("code"):
            return "the header Ingress-Error is missing"
        return None

    return wrong


def error_naming(
    status: int, codes: tuple[str, ...], words: Callable[[Call], list[str]]
) -> Callable[[Call, Answer, Answer], str | None]:
    """Requires the error object with a message that contains one of the words."""

    def wrong(call: Call, theirs: Answer, ours: Answer) -> str | None:
        wanted = words(call)
        named = any(word.lower() in str(ours.error("message")).lower() for word in wanted)
        return error(status, *codes)(call, theirs, ours) or (None if named else f"the message names none of {wanted}")

    return wrong


def not_found(call: Call, theirs: Answer, ours: Answer) -> str | None:
    """Requires the not-found text."""
    text = f"Not found, function '{call.full_name}' does not exist or is not exposed"
    if ours.status != 200 or not same(ours.json, text):
        return f"200 with {text!r} wanted"
    return None


def method_not_allowed(call: Call, theirs: Answer, ours: Answer) -> str | None:
    """Requires 405 with `Allow`."""
    return error(405, "method-not-allowed")(call, theirs, ours) or (
        None if "allow" in ours.headers else "Allow is missing"
    )


def head_of_page(call: Call, theirs: Answer, ours: Answer) -> str | None:
    """Requires the status of GET without a body. There is a page at / and at functions, and nothing elsewhere."""
    status = 200 if call.request.path == "/" or call.request.path.startswith("/functions.") else 404
    return None if ours.status == status and not ours.body else f"{status} without a body wanted"


def crashed(call: Call, theirs: Answer, ours: Answer) -> str | None:
    """Requires the error object with the place of the crash."""
    located = isinstance(ours.error("location"), dict) and {"file", "line"} <= ours.error("location").keys()
    return error(500, "function-crashed")(call, theirs, ours) or (None if located else "the location is missing")


def sendable(call: Call, theirs: Answer, ours: Answer) -> str | None:
    """Requires documents with a date in ISO 8601 UTC, or the 24 hex digits of an ObjectId, as the unusual value."""
    leaves = list(texts(ours.json))
    if ours.status != 200 or not leaves:
        return "200 with documents wanted"
    pattern = ISO_UTC if "date" in call.part("arguments")["filter"]["_id"] else OBJECT_ID
    return None if all(pattern.fullmatch(leaf) for leaf in leaves) else "not all dates or ids are in the form wanted"


def texts(value: object) -> list[str]:
    """Returns all texts in a value."""
    if isinstance(value, str):
        return [value]
    elements = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for element in elements for text in texts(element)]


def as_generated(call: Call, theirs: Answer, ours: Answer) -> str | None:
    """Requires the same answer except for generated ids."""
    alike = theirs.status == ours.status and same(without_generated_ids(theirs.json), without_generated_ids(ours.json))
    return None if alike else "the same but for generated ids wanted"


def page_with_result(call: Call, theirs: Answer, ours: Answer) -> str | None:
    """Requires a page that shows the same result as the original's page."""
    shown = re.search(rb"<textarea[^>]*>(.*?)</textarea>", theirs.body, re.DOTALL)
    result = json.loads(html.unescape(shown[1].decode())) if shown else None
    if ours.status != 200 or not is_page(ours):
        return f"a page with the result {result!r} wanted"
    for text in re.findall(r">([^<>]+)</(?:textarea|pre|code|output|samp)>", ours.body.decode()):
        try:
            if same(json.loads(html.unescape(text)), result):
                return None
        except ValueError:
            continue
    return f"the page does not show the result {result!r}"


def page_with_error(call: Call, theirs: Answer, ours: Answer) -> str | None:
    """Requires a page that shows an error."""
    if ours.status is None or ours.status == 415 or not is_page(ours) or "ingress-error" not in ours.headers:
        return "a page with the error and its code in the header Ingress-Error wanted"
    return None


def is_page(answer: Answer) -> bool:
    """Returns whether an answer is HTML."""
    return answer.headers.get("content-type", "").startswith("text/html")
