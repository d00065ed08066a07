"""Decisions to differ from the original where the contract is silent or contradictory, each with its reason."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from calls import Call
from exchange import Answer, equal
from rule import Rule
from traits import is_form, is_named, is_object, is_right, opaque, says_not_found
from wanted import error, error_naming, is_page

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
TOOLS = ("list-agent-tools", "list-agent-tools-issues", "app-description")


def wrong_field(call: Call) -> str | None:
    """Returns the field of a context resource that is not text, or not an object, as it must be."""
    for kind, value in call.resources.items():
        for field in ("publicId", "name"):
            if isinstance(value, dict) and field in value and not isinstance(value[field], str):
                return f"context.{kind}.{field}"
        if isinstance(value, dict) and not isinstance(value.get("custom") or {}, dict) or value.get("custom") == []:
            return f"context.{kind}.custom"
    return None


def with_objects(call: Call) -> dict[str, Any]:
    """Returns the context with empty custom properties in place of null."""
    return {
        kind: {**value, "custom": {}} if isinstance(value, dict) and value.get("custom", {}) is None else value
        for kind, value in call.part("context").items()
    }


def without_surrogates(value: Any) -> Any:
    """Returns a value with U+FFFD in place of lone surrogates."""
    if isinstance(value, str):
        return LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [without_surrogates(element) for element in value]
    if isinstance(value, dict):
        return {without_surrogates(key): without_surrogates(element) for key, element in value.items()}
    return value


def but_for_surrogates(call: Call, theirs: Answer, ours: Answer) -> str | None:
    """Requires the same answer with U+FFFD in place of lone surrogates."""
    alike = theirs.status == ours.status and without_surrogates(theirs.json) == ours.json
    return None if alike else "the same with U+FFFD for lone surrogates wanted"


def succeeds(call: Call, theirs: Answer, ours: Answer) -> str | None:
    """Requires an answer in JSON that is not an error."""
    return None if ours.status == 200 and ours.is_json else "200 with JSON wanted"


def page(status: int) -> Any:
    """Requires a page with the given status."""

    def wrong(call: Call, theirs: Answer, ours: Answer) -> str | None:
        return None if ours.status == status and is_page(ours) else f"a page with status {status} wanted"

    return wrong


def asks_of_the_app(call: Call) -> bool:
    """Returns whether agents ask for the last part of the name."""
    return is_named(call) and call.name.rpartition(".")[2] in TOOLS


def sort_or_projection(call: Call) -> Any:
    """Returns the part of a query that the driver itself may refuse."""
    return call.part("arguments").get("sort") or call.part("arguments").get("projection")


DECISIONS = [
    Rule(
        "lone surrogates, which Swift's texts cannot hold: U+FFFD",
        lambda call, theirs: theirs.is_json and not equal(theirs, dataclasses.replace(theirs, body=b"null"))
        and without_surrogates(theirs.json) != theirs.json,
        but_for_surrogates,
    ),
    Rule(
        "a part of the wrong type is told whatever the name: 400",
        lambda call, theirs: is_named(call) and call.wrong_part is not None and theirs.status == 200,
        error_naming(400, ("invalid-request",), lambda call: [str(call.wrong_part)]),
    ),
    Rule(
        "internalConfig that is no object: 400, as for the other parts",
        lambda call, theirs: is_object(call) and not isinstance(call.part("internalConfig"), dict) and opaque(theirs),
        error_naming(400, ("invalid-request",), lambda call: ["internalConfig"]),
    ),
    Rule(
        "an access token that is no object: 400",
        lambda call, theirs: is_object(call) and opaque(theirs)
        and not isinstance(call.part("context").get("accessToken"), (dict, type(None))),
        error_naming(400, ("invalid-request",), lambda call: ["accessToken"]),
    ),
    Rule(
        "custom properties that are null: as {}",
        lambda call, theirs: is_named(call)
        and any(isinstance(value, dict) and value.get("custom", {}) is None for value in call.resources.values()),
        instead=lambda call: call.changed(context=with_objects(call)),
    ),
    Rule(
        "publicId or name that is no text, custom that is no object: 400, naming it",
        lambda call, theirs: is_named(call) and wrong_field(call) is not None,
        error_naming(400, ("invalid-request",), lambda call: [str(wrong_field(call))]),
    ),
    Rule(
        "an odd name is refused, also one whose last part agents ask for",
        lambda call, theirs: asks_of_the_app(call) and call.is_malformed,
        error(400, "invalid-name"),
    ),
    Rule(
        "what only pydantic takes for the type, such as the text of a number: 400",
        lambda call, theirs: is_named(call) and call.function.startswith("agentic.") and call.is_known
        and bool(call.wrong_arguments) and theirs.status == 200,
        error_naming(400, ("invalid-argument",), lambda call: [f"'{name}" for name in call.wrong_arguments]),
    ),
    Rule(
        "a number beyond all doubles in a body: 400",
        lambda call, theirs: is_object(call) and re.search(rb"[0-9]e\+?[0-9]{3}", call.request.body) is not None,
        error(400, "invalid-request"),
    ),
    Rule(
        "dates, bytes and sets in YAML: as text and lists",
        lambda call, theirs: opaque(theirs) and is_named(call) and call.function == "ctx.config"
        and re.search(rb"[0-9]{4}-[0-9]+-[0-9]+|!!(binary|set|timestamp)", call.request.context_values) is not None,
        succeeds,
    ),
    Rule(
        "YAML's scanner is libyaml's: tabs after a colon are taken, surrogates in escapes are not; --- alone is empty",
        lambda call, theirs: call.request.context_values == b"---\n" or b":\t" in call.request.context_values
        or b"\\ud" in call.request.context_values,
        lambda call, theirs, ours: None if ours.status == 200 or ours.error("code") == "configuration-invalid" else "?",
    ),
    Rule(
        "a name that MongoDB does not take is an error of the operation, not of asking for the store",
        lambda call, theirs: is_named(call) and call.function in ("docs.is_none", "docs.ts_none") and opaque(theirs),
        lambda call, theirs, ours: None if ours.status == 200 and ours.json is False else "false wanted",
    ),
    Rule(
        "a collection of MongoDB's own: refused",
        lambda call, theirs: is_right(call) and str(call.part("internalConfig").get("publicId")).startswith("system."),
        error(500, "function-threw"),
    ),
    Rule(
        "what one driver refuses of a sort or projection and the other does not",
        lambda call, theirs: is_right(call) and call.function == "docs.find" and bool(sort_or_projection(call))
        and (opaque(theirs) or str(theirs.json).startswith("Document DB operation failure")),
        lambda call, theirs, ours: succeeds(call, theirs, ours) if opaque(theirs)
        else error(500, "function-threw")(call, theirs, ours),
    ),
    Rule(
        "forms: a value is parsed by its parameter's type",
        lambda call, theirs: is_form(call) and opaque(theirs),
        page(200),
    ),
    Rule(
        "forms: bytes that are not UTF-8 are refused, as everywhere else",
        lambda call, theirs: is_form(call) and b"%ff" in call.request.body.lower(),
        page(400),
    ),
    Rule(
        "forms: JSON that is sent as a form is refused, with the content type to send",
        lambda call, theirs: is_form(call) and call.request.body.lstrip().startswith(b"{"),
        error(415, "unsupported-content-type"),
    ),
    Rule(
        "forms: a page for what the original answers with nothing",
        lambda call, theirs: is_form(call) and theirs.status == 200 and not theirs.body,
        page(200),
    ),
    Rule(
        "forms: the content type is read like that of JSON, with parameters and in any case",
        lambda call, theirs: call.request.method == "POST" and theirs.status == 405
        and call.request.media_type == "application/x-www-form-urlencoded",
        page(200),
    ),
    Rule(
        "forms: a refusal is a page too",
        lambda call, theirs: is_form(call),
        page(403),
    ),
]
