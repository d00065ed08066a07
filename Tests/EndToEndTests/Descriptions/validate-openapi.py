#!/usr/bin/env python3
"""Validates an OpenAPI 3.1 document.

    validate-openapi.py FOLDER < document.json

FOLDER is the folder in which Scripts/install-openapi-validator has installed the validator. Prints `valid`, or one line
per problem and exits with 1. The problems are:

- violations of the JSON Schema of OpenAPI 3.1 and, in all schemas of the document, of that of JSON Schema 2020-12;
- invalid patterns;
- references that lead nowhere, or outside of the document;
- if there are none of these, repeated operation IDs and path parameters that are not described.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, sys.argv[1])

from jsonschema import Draft202012Validator, FormatChecker, RefResolver
from jsonschema.exceptions import RefResolutionError

OPENAPI = Path(sys.argv[1], "openapi_spec_validator/resources/schemas/v3.1/schema.json")
METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]


def form_problems(document: Any) -> Iterator[str]:
    """Yields the problems at single places of the document."""
    schema = json.loads(OPENAPI.read_text())
    # OpenAPI's schema requires only that schemas be objects or Booleans. JSON Schema's own requires the rest, of inner
    # schemas too, because the dynamic anchor here is the outermost.
    schema["$defs"]["schema"]["$ref"] = Draft202012Validator.META_SCHEMA["$id"]
    problems = list(Draft202012Validator(schema, format_checker=FormatChecker(["regex"])).iter_errors(document))
    paths = [list(problem.path) for problem in problems]
    for problem, path in zip(problems, paths):
        # A value with a problem inside it counts as unevaluated itself.
        if problem.validator != "unevaluatedProperties" or not any(
                inner != path and inner[:len(path)] == path for inner in paths):
            yield f"{problem.json_path}: {problem.message}"

    references = FormatChecker([])
    resolver = RefResolver("", document)

    # The format of `$ref` wherever it may occur, and of some other members.
    @references.checks("uri-reference", raises=RefResolutionError)
    def leads_somewhere(reference: Any) -> bool:
        if isinstance(reference, str):
            if not reference.startswith("#"):
                return False
            resolver.resolve_fragment(document, reference[1:])
        return True

    for problem in Draft202012Validator(schema, format_checker=references).iter_errors(document):
        if problem.validator == "format" and problem.path[-1] == "$ref":
            yield f"{problem.json_path}: {problem.instance!r} leads nowhere"


def operation_problems(document: dict[str, Any]) -> Iterator[str]:
    """Yields the problems of the operations in a document of the right form, without those in callbacks."""
    resolver = RefResolver("", document)

    def resolved(value: dict[str, Any]) -> dict[str, Any]:
        return resolved(resolver.resolve_fragment(document, value["$ref"][1:])) if "$ref" in value else value

    seen = set()
    for path, item in [*document.get("paths", {}).items(), *document.get("webhooks", {}).items()]:
        item = resolved(item)
        for method in METHODS:
            if method not in item:
                continue
            operation = item[method]
            identifier = operation.get("operationId")
            if identifier in seen:
                yield f"{method} {path}: the operationId {identifier!r} is another's"
            if identifier is not None:
                seen.add(identifier)
            parameters = map(resolved, item.get("parameters", []) + operation.get("parameters", []))
            described = {parameter["name"] for parameter in parameters if parameter.get("in") == "path"}
            for name in sorted(described ^ set(re.findall(r"{([^{}]*)}", path))):
                yield f"{method} {path}: the path and the parameters do not agree on {name!r}"


def problems() -> Iterator[str]:
    try:
        document = json.load(sys.stdin.buffer)
    except ValueError as error:
        yield f"this is not JSON: {error}"
        return
    form = list(form_problems(document))
    yield from form or operation_problems(document)


found = list(problems())
print("\n".join(found or ["valid"]))
sys.exit(1 if found else 0)
