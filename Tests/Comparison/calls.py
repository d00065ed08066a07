"""The meaning of a request according to the contract."""

from __future__ import annotations

import dataclasses
import functools
import json
from typing import Any

from exchange import NoJSON, Request, refuse_constant

RESOURCES = ("user", "company", "agent", "asset", "template", "apiApplication")
WITH_PERMISSIONS = ("company", "agent", "asset")

# The fixture's functions with the types of their arguments. ! marks required arguments, ? those that may be null.
FUNCTIONS: dict[str, dict[str, str]] = {
    "example.greet": {"name": "any"},
    "args.echo": {"a": "any", "b": "any"},
    "args.need": {"a": "any!", "b": "any!"},
    "args.kw": {},
    "args.typed": {"n": "integer!"},
    "args.length": {"data": "text!"},
    "values.get": {"kind": "text!"},
    "values.echo": {"v": "any"},
    "values.big": {"n": "integer!"},
    "ctx.dump": {},
    "ctx.config": {},
    "ctx.agent_or_asset": {},
    "errs.boom": {},
    "errs.trap": {},
    "errs.exit": {},
    "errs.sleep": {"s": "number"},
    "errs.prints": {},
    "docs.is_none": {},
    "docs.ts_none": {},
    "docs.reset": {},
    "docs.insert_one": {"doc": "object!"},
    "docs.insert_many": {"docs": "objects!"},
    "docs.find_one": {"filter": "object"},
    "docs.find": {
        "filter": "object",
        "sort": "lists?",
        "skip": "integer",
        "limit": "integer",
        "projection": "object?",
    },
    "docs.update_one": {"filter": "object!", "update": "any!"},
    "docs.update_many": {"filter": "object!", "update": "object!"},
    "docs.delete_one": {"filter": "object!"},
    "docs.delete_many": {"filter": "object!"},
    "pkg.mod.f": {},
    "pkg.inner.ping": {},
    "agentic.add": {"a": "integer!", "b": "integer"},
    "agentic.move": {"p": "point!", "mode": "mode", "note": "text?"},
    "agentic.nodoc": {"a": "integer!"},
}
MODULES = {"", "pkg"} | {name.rpartition(".")[0] for name in FUNCTIONS}


def decodes(value: Any, type: str) -> bool:
    """Returns whether a value is of one of the types above."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    match type.rstrip("!?"):
        case _ if value is None and type.endswith("?"):
            return True
        case "any":
            return True
        case "number":
            return number
        case "integer":
            return number and value == value // 1 and -(2**63) <= value < 2**63
        case "text":
            return isinstance(value, str)
        case "object":
            return isinstance(value, dict)
        case "objects":
            return isinstance(value, list) and all(isinstance(element, dict) for element in value)
        case "lists":
            return isinstance(value, list) and all(isinstance(element, list) for element in value)
        case "point":
            return isinstance(value, dict) and decodes(value.get("x"), "integer") and decodes(value.get("y"), "number?")
        case "mode":
            return value in ("fast", "slow")
    raise ValueError(f"there is no type {type}")


@dataclasses.dataclass(frozen=True)
class Call:
    """A request with the contents of its body."""

    request: Request

    @functools.cached_property
    def envelope(self) -> Any:
        """The body as JSON, or an instance of `NoJSON`."""
        try:
            return json.loads(self.request.body.decode("utf-8"), parse_constant=refuse_constant)
        except (ValueError, RecursionError):
            return NoJSON()

    @property
    def is_object(self) -> bool:
        """Whether the body is a JSON object."""
        return isinstance(self.envelope, dict)

    def part(self, name: str) -> Any:
        """Returns a part of the envelope, or an empty object if it is missing."""
        return self.envelope.get(name, {})

    @property
    def name(self) -> Any:
        """The name of the function as given, or an empty one if it is missing."""
        return self.envelope.get("name", "")

    @property
    def full_name(self) -> str:
        """The name as it is in the not-found text."""
        return self.name if "." in self.name else f"functions.{self.name}"

    @property
    def function(self) -> str:
        """The name relative to the folder of the functions."""
        return self.full_name.removeprefix("functions.")

    @property
    def is_malformed(self) -> bool:
        """Whether the name has a slash, a space or an empty part that is not its last."""
        parts = self.name.split(".")
        odd = any(character in "/\\" or character.isspace() for character in self.name)
        return odd or self.name == "." or "" in parts[:-1]

    @property
    def is_known(self) -> bool:
        """Whether the function exists."""
        return isinstance(self.name, str) and self.function in FUNCTIONS

    @property
    def resources(self) -> dict[str, Any]:
        """The resources of the context that are not null."""
        context = self.part("context")
        if not isinstance(context, dict):
            return {}
        return {kind: context[kind] for kind in RESOURCES if context.get(kind) is not None}

    @property
    def wrong_part(self) -> str | None:
        """The part of the envelope that is null or of the wrong type, if any."""
        for name in ("arguments", "context", "config"):
            if not isinstance(self.part(name), dict):
                return name
        for kind, value in self.resources.items():
            if kind in WITH_PERMISSIONS and isinstance(value, dict) and "permissions" in value:
                permissions = value["permissions"]
                if not isinstance(permissions, list) or not all(isinstance(element, str) for element in permissions):
                    return f"{kind}.permissions"
        return None

    @property
    def wrong_resource(self) -> str | None:
        """The resource that is not an object, or that has no public id or no name, if any."""
        for kind, value in self.resources.items():
            if not isinstance(value, dict) or "publicId" not in value or "name" not in value:
                return kind
        return None

    @property
    def wrong_arguments(self) -> list[str]:
        """The arguments that are missing or do not decode."""
        given = self.part("arguments")
        types = FUNCTIONS[self.function]
        missing = [name for name, type in types.items() if type.endswith("!") and name not in given]
        return missing + [name for name, type in types.items() if name in given and not decodes(given[name], type)]

    @property
    def is_right(self) -> bool:
        """Whether the request reaches a function, so that any failure comes from the function."""
        return (
            self.is_object
            and self.is_known
            and isinstance(self.part("internalConfig"), dict)
            and self.wrong_part is None
            and self.wrong_resource is None
            and isinstance(self.part("context").get("accessToken") or {}, dict)
            and not self.wrong_arguments
        )

    def changed(self, **parts: Any) -> Request:
        """Returns the same request with other parts."""
        body = json.dumps({**self.envelope, **parts}).encode()
        return dataclasses.replace(self.request, body=body)
