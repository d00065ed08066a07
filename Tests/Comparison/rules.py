"""The contract's rules for requests to which the emulator gives another answer than the original.

A rule is about the requests for which `applies` is true, if the original answers as the contract says. The emulator's
answer is not accepted unseen, but is checked by `wrong`. If the contract requires the answer to another request
(`instead`), it is compared with the original's answer to that one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from calls import MODULES, Call
from decisions import DECISIONS
from exchange import CONTEXT_VALUES, Answer, Request, equal
from rule import Rule
from traits import (
    FORM,
    JSON,
    is_empty_file,
    is_envelope,
    is_foreign_host,
    is_foreign_origin,
    is_form,
    is_named,
    is_no_json,
    is_object,
    is_right,
    opaque,
    says_not_found,
    uses_store,
    with_custom,
    with_headers,
    without_context_argument,
    without_custom,
)
from wanted import (
    as_generated,
    crashed,
    error,
    error_naming,
    head_of_page,
    method_not_allowed,
    not_found,
    page_with_error,
    page_with_result,
    sendable,
)

OPERATION_FAILED = "Document DB operation failure"

Ask = Callable[[Request], Answer]


@dataclasses.dataclass(frozen=True)
class Verdict:
    """The result of comparing two answers: `equal`, different by a `rule` or a `decision`, or a `difference`."""

    kind: str
    words: str = ""


# The rules, in the order of the emulator's decisions.
RULES = [
    Rule(
        "a page of another origin: 403",
        lambda call, theirs: is_foreign_origin(call),
        error(403, "origin-not-allowed"),
    ),
    Rule(
        "another Host: 403",
        lambda call, theirs: is_foreign_host(call),
        error(403, "host-not-allowed"),
    ),
    Rule(
        "an unknown path below /_/: 404, never a call",
        lambda call, theirs: call.request.path.startswith("/_/"),
        error(404, "path-not-found"),
    ),
    Rule(
        "PUT, PATCH, DELETE, TRACE: 405 with Allow and the error object",
        lambda call, theirs: theirs.status
        == {"PUT": 405, "PATCH": 405, "DELETE": 405, "TRACE": 500}.get(call.request.method),
        method_not_allowed,
    ),
    Rule(
        "HEAD: as GET, without the body",
        lambda call, theirs: call.request.method == "HEAD" and opaque(theirs),
        head_of_page,
    ),
    Rule(
        "bodies in chunks: taken",
        lambda call, theirs: call.request.header("Transfer-Encoding") is not None and opaque(theirs),
        instead=lambda call: with_headers(call, transfer_encoding=None),
    ),
    Rule(
        "application/json with parameters or other case: taken",
        lambda call, theirs: is_envelope(call) and theirs.status == 405,
        instead=lambda call: with_headers(call, content_type=JSON),
    ),
    Rule(
        "other content types: 415",
        lambda call, theirs: call.request.media_type not in (JSON, FORM) and theirs.status == 405,
        error(415, "unsupported-content-type"),
    ),
    Rule(
        "a form: a page that shows the result",
        lambda call, theirs: is_form(call) and theirs.status == 200,
        page_with_result,
    ),
    Rule(
        "a form that fails: a page that shows the error",
        lambda call, theirs: is_form(call) and opaque(theirs),
        page_with_error,
    ),
    Rule(
        "an empty file of context values: {}",
        lambda call, theirs: is_empty_file(call) and opaque(theirs),
        instead=lambda call: dataclasses.replace(call.request, context_values=b"{}\n"),
    ),
    Rule(
        "a file of context values that cannot be used: an error with file, line and problem",
        lambda call, theirs: call.request.context_values != CONTEXT_VALUES and opaque(theirs),
        error_naming(500, ("configuration-invalid",), lambda call: ["context_values.yaml:"]),
    ),
    Rule(
        "a body that is no JSON object: 400",
        lambda call, theirs: is_envelope(call) and not call.is_object and (opaque(theirs) or is_no_json(theirs)),
        error_naming(400, ("invalid-request",), lambda call: ["body"]),
    ),
    Rule(
        "a name that is null or no text: 400",
        lambda call, theirs: is_object(call) and not isinstance(call.name, str) and opaque(theirs),
        error_naming(400, ("invalid-request", "invalid-name"), lambda call: ["name"]),
    ),
    Rule(
        "arguments, context, config or permissions null or of the wrong type: 400, naming the field",
        # Permissions of which Python can make a set do not fail in the original.
        lambda call, theirs: is_named(call)
        and call.wrong_part is not None
        and (opaque(theirs) or theirs.status == 200 and call.wrong_part.endswith(".permissions")),
        error_naming(400, ("invalid-request",), lambda call: [str(call.wrong_part)]),
    ),
    Rule(
        "a context resource without publicId or name, or no object: 400",
        lambda call, theirs: is_named(call) and call.wrong_resource is not None and opaque(theirs),
        error_naming(400, ("invalid-request",), lambda call: [f"context.{call.wrong_resource}"]),
    ),
    Rule(
        "a name with a slash, a space or an empty part that is not the last: 400",
        # If only the last part is malformed, the original looks for it and answers that it is not found.
        lambda call, theirs: is_named(call) and call.is_malformed and (opaque(theirs) or says_not_found(theirs)),
        error(400, "invalid-name"),
    ),
    Rule(
        "a context resource without custom: accepted, as {}",
        lambda call, theirs: is_named(call) and bool(without_custom(call)) and opaque(theirs),
        instead=with_custom,
    ),
    Rule(
        "an unknown module: 200 with the not-found text",
        lambda call, theirs: is_named(call) and call.function.rpartition(".")[0] not in MODULES and opaque(theirs),
        not_found,
    ),
    Rule(
        "an argument missing or of a type that does not decode: 400, naming it",
        lambda call, theirs: is_named(call) and call.is_known and bool(call.wrong_arguments) and opaque(theirs),
        error_naming(400, ("invalid-argument",), lambda call: [f"'{name}" for name in call.wrong_arguments]),
    ),
    Rule(
        "arguments the function does not take: dropped, also one that is named as the original's parameter context",
        lambda call, theirs: is_right(call) and "context" in call.part("arguments") and opaque(theirs),
        instead=without_context_argument,
    ),
    Rule(
        "a function that traps: 500 with file and line",
        lambda call, theirs: is_right(call) and call.function == "errs.trap" and opaque(theirs),
        crashed,
    ),
    Rule(
        "a function that ends its process: 500, and nothing else is hurt",
        lambda call, theirs: is_right(call) and call.function == "errs.exit" and theirs.status is None,
        error(500, "function-exited"),
    ),
    Rule(
        "the document store without a company: 500 with an error that says so",
        lambda call, theirs: is_right(call) and uses_store(call) and "company" not in call.resources and opaque(theirs),
        error_naming(500, ("function-threw",), lambda call: ["company"]),
    ),
    Rule(
        "NaN or Infinity in a result: 500 with an error that says which value",
        lambda call, theirs: is_right(call) and is_no_json(theirs),
        error_naming(500, ("invalid-result",), lambda call: ["NaN", "Infinity"]),
    ),
    Rule(
        "a document with a date or an ObjectId: as text",
        lambda call, theirs: is_right(call)
        and call.function in ("docs.find", "docs.find_one")
        and call.resources.get("company", {}).get("publicId") == "compare-odd"
        and opaque(theirs),
        sendable,
    ),
    Rule(
        "ids that the driver generates: others, of 24 hex digits",
        lambda call, theirs: is_right(call)
        and call.function in ("docs.insert_one", "docs.insert_many")
        and theirs.status == 200,
        as_generated,
    ),
    Rule(
        "a function that throws: 500 with the error object",
        lambda call, theirs: is_right(call) and opaque(theirs),
        error(500, "function-threw"),
    ),
]


def owed_header(call: Call, ours: Answer) -> str | None:
    """Returns the header that the contract requires with this answer, if it is missing or wrong."""
    if call.request.header("Origin") is not None and not is_foreign_origin(call):
        words = ("Origin", "Methods", "Headers") if call.request.method == "OPTIONS" else ("Origin",)
        for header in (f"Access-Control-Allow-{word}" for word in words):
            if header.lower() not in ours.headers:
                return header
    code = ours.error("code")
    if call.request.method == "POST" and isinstance(ours.json, str):
        if is_named(call) and not call.is_known and ours.json.startswith("Not found, function "):
            code = "function-not-found"
        if is_named(call) and uses_store(call) and ours.json.startswith(OPERATION_FAILED):
            code = "document-store-operation-failed"
    return "Ingress-Error" if code is not None and ours.headers.get("ingress-error") != code else None


def verdict(request: Request, theirs: Answer, ours: Answer, ask: Ask) -> Verdict:
    """Compares two answers. `ask` sends a request to the original, for rules that need its answer to another one."""
    call = Call(request)
    header = owed_header(call, ours)
    if header is not None:
        return Verdict("difference", f"the header {header} is missing or wrong")
    # The two may have different texts to read at /.
    if equal(theirs, ours) or request.method == "GET" and theirs.status == ours.status and not ours.is_json:
        return Verdict("equal")
    complaints = []
    for kind, rule in [("rule", rule) for rule in RULES] + [("decision", rule) for rule in DECISIONS]:
        if not rule.applies(call, theirs):
            continue
        if rule.instead is not None:
            other = rule.instead(call)
            complaint = instead_complaint(other, ask(other), ours, ask)
        else:
            complaint = rule.wrong(call, theirs, ours)
        if complaint is None:
            return Verdict(kind, rule.name)
        complaints.append(f"{rule.name}: {complaint}")
    return Verdict("difference", complaints[0] if complaints else "no rule")


def instead_complaint(other: Request, theirs: Answer, ours: Answer, ask: Ask) -> str | None:
    """Returns what is wrong with an answer that must be the one to another request, or None."""
    if verdict(other, theirs, ours, ask).kind != "difference":
        return None
    return f"the original answers {theirs.described()[:200]} to {other.described()[:200]}"
