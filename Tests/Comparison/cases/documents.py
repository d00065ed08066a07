"""Requests to the document store: filters, orders, updates, and operations that MongoDB refuses."""

from __future__ import annotations

from typing import Any

from cases.making import call, resource
from cases.operations import COMPANIES, COMPANY, FILTERS, FINDS, INSERTS, ODD, ODD_COMPANY, SEED, UPDATES
from exchange import Request


def requests() -> list[Request]:
    """Returns the requests of this kind."""

    def operation(id: str, name: str, arguments: Any = ..., company: dict[str, Any] = COMPANY) -> Request:
        return call(f"documents/{id}", f"docs.{name}", arguments, context=company)

    seed = [operation("seed-reset", "reset"), operation("seed", "insert_many", {"docs": SEED})]
    made = list(seed)
    for id, filter in FILTERS.items():
        made.append(operation(f"filter-{id}", "find", {"filter": filter, "sort": [["_id", 1]]}))
        made.append(operation(f"filter-{id}-one", "find_one", {"filter": filter}))
    made += [operation(f"find-{id}", "find", arguments) for id, arguments in FINDS.items()]
    made += [
        operation(f"find-one-{id}", "find_one", arguments)
        for id, arguments in {
            "none": {},
            "left-out": ...,
            "null": {"filter": None},
            "text": {"filter": "a"},
            "number": {"filter": 7},
            "list": {"filter": []},
        }.items()
    ]
    for id, (filter, update) in UPDATES.items():
        made.append(operation(f"update-{id}", "update_one", {"filter": filter, "update": update}))
        made.append(operation(f"update-{id}-after", "find", {"sort": [["_id", 1]]}))
    for id, (filter, update) in UPDATES.items():
        if not isinstance(update, list):
            made.append(operation(f"update-many-{id}", "update_many", {"filter": filter, "update": update}))
    made += [
        operation("update-missing", "update_one", {"filter": {}}),
        operation("update-missing-filter", "update_one", {"update": {"$set": {"a": 1}}}),
        operation("update-many-all", "update_many", {"filter": {}, "update": {"$inc": {"n": 1}}}),
        operation(
            "update-many-some", "update_many", {"filter": {"n": 1, "k": {"$gt": 0}}, "update": {"$set": {"m": [1]}}}
        ),
        operation("update-many-after", "find", {"sort": [["_id", 1]]}),
    ]
    for id, document in INSERTS.items():
        made.append(operation(f"insert-{id}", "insert_one", {"doc": document}))
        made.append(operation(f"insert-many-{id}", "insert_many", {"docs": [{"first": id}, document, {"last": id}]}))
    made += [
        operation("insert-missing", "insert_one", {}),
        operation("insert-many-are-missing", "insert_many", {}),
        operation("insert-many-are-none", "insert_many", {"docs": []}),
        operation("insert-many-are-an-object", "insert_many", {"docs": {"a": 1}}),
        operation("insert-many-are-a-text", "insert_many", {"docs": "x"}),
        operation("insert-many-are-null", "insert_many", {"docs": None}),
        operation("insert-many-twice", "insert_many", {"docs": [{"_id": "t"}, {"_id": "t"}, {"_id": "u"}]}),
        operation("insert-many-500", "insert_many", {"docs": [{"row": number} for number in range(500)]}),
        operation("insert-after", "find", {"filter": {"row": {"$exists": False}}, "sort": [["_id", 1]]}),
        operation("insert-rows", "find", {"filter": {"row": {"$exists": True}}, "sort": [["row", -1]], "skip": 5}),
    ]
    for id, filter in {
        "one": {"row": 3},
        "none": {"row": 3},
        "bad": {"k": {"$nope": 1}},
        "many": {"row": {"$lt": 100}},
        "null": None,
        "text": "x",
        "list": [],
        "where": {"$where": "}"},
        "rest": {},
    }.items():
        made.append(operation(f"delete-one-{id}", "delete_one", {"filter": filter}))
        made.append(operation(f"delete-many-{id}", "delete_many", {"filter": filter}))
    made.append(operation("delete-missing", "delete_one", {}))
    made.append(operation("delete-after", "find"))
    made += [operation("odd-reset", "reset", company=ODD_COMPANY)]
    for id, update in ODD.items():
        made += [
            operation(f"odd-{id}-insert", "insert_one", {"doc": {"_id": id}}, ODD_COMPANY),
            operation(f"odd-{id}-update", "update_one", {"filter": {"_id": id}, "update": update}, ODD_COMPANY),
            operation(f"odd-{id}", "find", {"filter": {"_id": id}}, ODD_COMPANY),
            operation(f"odd-{id}-one", "find_one", {"filter": {"_id": id}}, ODD_COMPANY),
        ]
    for id, name in COMPANIES.items():
        company = {"company": resource(name, "C")}
        made += [
            operation(f"company-{id}-none", "is_none", company=company),
            operation(f"company-{id}-insert", "insert_one", {"doc": {"_id": 1, "of": id}}, company),
            operation(f"company-{id}", "find", company=company),
        ]
    for name, arguments in {
        "reset": {},
        "insert_one": {"doc": {}},
        "insert_many": {"docs": [{}]},
        "find_one": {},
        "find": {},
        "delete_one": {"filter": {}},
        "delete_many": {"filter": {}},
        "update_one": {"filter": {}, "update": {"$set": {"a": 1}}},
        "update_many": {"filter": {}, "update": {"$set": {"a": 1}}},
        "is_none": {},
        "ts_none": {},
    }.items():
        made.append(call(f"documents/no-company-{name}", f"docs.{name}", arguments))
        made.append(
            call(f"documents/no-company-but-user-{name}", f"docs.{name}", arguments, context={"user": resource()})
        )
    return made
