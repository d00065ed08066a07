"""Requests about contexts and configurations."""

from __future__ import annotations

from typing import Any

from cases.making import call, raw, resource
from exchange import Request

KINDS = ["user", "company", "asset", "agent", "template", "apiApplication"]
FULL = {kind: resource(f"{kind}-1", f"The {kind}", {"k": [1, {"x": None}]}, permissions=["B", "A"]) for kind in KINDS}

RESOURCES: dict[str, Any] = {
    "plain": resource(),
    "with-custom": resource(custom={"a": 1, "b": None, "c": [True]}),
    "permissions": resource(permissions=["VIEW", "MANAGE", "VIEW"]),
    "permissions-empty": resource(permissions=[]),
    "permissions-null": resource(permissions=None),
    "permissions-text": resource(permissions="abc"),
    "permissions-text-empty": resource(permissions=""),
    "permissions-number": resource(permissions=5),
    "permissions-true": resource(permissions=True),
    "permissions-object": resource(permissions={"A": 1}),
    "permissions-numbers": resource(permissions=[1, 2]),
    "permissions-null-in-list": resource(permissions=[None]),
    "permissions-lists": resource(permissions=[["A"]]),
    "permissions-mixed": resource(permissions=["A", 1]),
    "more-keys": resource(extra=1, links=[]),
    "null": None,
    "text": "x",
    "text-empty": "",
    "number": 5,
    "zero": 0,
    "true": True,
    "false": False,
    "list": [],
    "list-of-pairs": [["publicId", "a"]],
    "empty": {},
    "without-public-id": {"name": "x", "custom": {}},
    "without-name": {"publicId": "x", "custom": {}},
    "without-custom": {"publicId": "x", "name": "y"},
    "without-custom-with-permissions": {"publicId": "x", "name": "y", "permissions": ["A"]},
    "only-custom": {"custom": {}},
    "public-id-null": resource(public_id=None),
    "public-id-number": resource(public_id=5),
    "public-id-list": resource(public_id=["x"]),
    "public-id-empty": resource(public_id=""),
    "name-null": resource(name=None),
    "name-number": resource(name=5),
    "name-empty": resource(name=""),
    "custom-null": resource(custom=None),
    "custom-list": resource(custom=[]),
    "custom-text": resource(custom="x"),
    "custom-number": resource(custom=5),
    "unicode": resource("ид", "名前", {"ключ": "😀"}),
}

# Each kind of resource is sent in some of these forms. A kind with permissions and one without are sent in all forms.
ALL_OF = ("user", "company")
OF_EVERY_KIND = (
    "plain",
    "with-custom",
    "permissions",
    "permissions-null",
    "permissions-text",
    "null",
    "text",
    "empty",
    "without-public-id",
    "without-name",
    "without-custom",
)

CONFIGS: dict[str, Any] = {
    "empty": {},
    "new-key": {"extra": {"a": [1, None]}},
    "null-value": {"serviceAccount": None},
    "replaced": {"serviceAccount": {"username": "zed"}},
    "replaced-by-text": {"serviceAccount": "x"},
    "replaced-by-list": {"serviceAccount": []},
    "nested-only-top": {"serviceAccount": {"extra": 1}},
    "empty-key": {"": 1},
    "dotted-key": {"serviceAccount.username": "zed"},
    "unicode": {"ключ": "😀"},
    "numbers": {"a": 1.0, "b": 1e22, "c": -1, "d": 2**53 + 1},
    "api-application": {"apiApplication": "app-1"},
    "api-application-empty": {"apiApplication": ""},
}


def requests() -> list[Request]:
    """Returns the requests of this kind."""
    made = [call("contexts/full", "ctx.dump", context=FULL)]
    for kind in KINDS:
        made.append(call(f"contexts/only-{kind}", "ctx.dump", context={kind: FULL[kind]}))
        for id, value in RESOURCES.items():
            if kind in ALL_OF or id in OF_EVERY_KIND:
                made.append(call(f"contexts/{kind}-{id}", "ctx.dump", context={kind: value}))
    both = {"agent": resource("agent-1"), "asset": resource("asset-1")}
    for id, value in {
        "both": both,
        "agent": {"agent": both["agent"]},
        "asset": {"asset": both["asset"]},
        "none": {},
        "asset-null": {"agent": both["agent"], "asset": None},
        "company": {"company": resource()},
    }.items():
        made.append(call(f"contexts/agent-or-asset-{id}", "ctx.agent_or_asset", context=value))
    for id, token in {
        "plain": {"headerValue": "Bearer abc"},
        "empty": {},
        "null": None,
        "value-null": {"headerValue": None},
        "value-number": {"headerValue": 5},
        "text": "Bearer abc",
        "list": [],
        "number": 5,
    }.items():
        made.append(call(f"contexts/access-token-{id}", "ctx.dump", context={"accessToken": token}))
    made += [
        call("contexts/unknown-kind", "ctx.dump", context={"group": resource(), "x": 5, "User": resource(), "": None}),
        call("contexts/empty", "ctx.dump", context={}),
        call("contexts/bad-for-unknown-function", "example.nope", context={"company": "x"}),
        call("contexts/bad-for-unknown-module", "nomod.f", context={"company": "x"}),
        call("contexts/bad-and-arguments-too", "args.need", {}, context={"company": "x"}),
        raw(
            "contexts/kind-twice",
            '{"name":"ctx.dump","context":{"company":5,"company":{"publicId":"c","name":"n","custom":{}}}}',
        ),
        raw("contexts/context-twice", '{"name":"ctx.dump","context":{"user":5},"context":{}}'),
    ]
    for id, config in CONFIGS.items():
        made.append(call(f"contexts/config-{id}", "ctx.config", config=config))
        made.append(call(f"contexts/config-{id}-greet", "example.greet", config=config))
    company = {"company": resource()}
    for id, internal in {
        "empty": {},
        "public-id": {"publicId": "tpl-1"},
        "public-id-empty": {"publicId": ""},
        "public-id-null": {"publicId": None},
        "public-id-number": {"publicId": 5},
        "public-id-dollar": {"publicId": "$x"},
        "public-id-dots": {"publicId": "a..b"},
        "public-id-dot-first": {"publicId": ".a"},
        "public-id-dot-last": {"publicId": "a."},
        "public-id-dotted": {"publicId": "a.b"},
        "public-id-unicode": {"publicId": "имя"},
        "public-id-system": {"publicId": "system.x"},
        "public-id-null-byte": {"publicId": "a\0b"},
        "db-config-null": {"dbConfig": None},
        "db-config-text": {"dbConfig": "x"},
        "db-config-empty": {"dbConfig": {}},
        "more": {"x": 1},
    }.items():
        made += [
            call(f"contexts/internal-{id}-none", "docs.is_none", internalConfig=internal),
            call(f"contexts/internal-{id}", "docs.is_none", context=company, internalConfig=internal),
            call(f"contexts/internal-{id}-time-series", "docs.ts_none", context=company, internalConfig=internal),
            call(f"contexts/internal-{id}-find", "docs.find", context=company, internalConfig=internal),
            call(f"contexts/internal-{id}-greet", "example.greet", internalConfig=internal),
        ]
    return made
