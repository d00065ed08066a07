#!/usr/bin/env python3
"""Evaluates Python expressions on MongoDB collections with pymongo, for PythonDriver.swift.

    PYTHONPATH=.build/pymongo run-expressions.py URI DATABASE OTHER

Each line of standard input is {"collection": name, "expression": text}. The expression can use the collection of
DATABASE, as `c`, and the imports of this file. Each line of standard output is the answer in canonical Extended JSON:

    {"result": value, "stored": [hex, …], "others": [hex, …]}

`result` is the value of the expression, with results of the driver as `comparable` returns them, or the error. `stored`
are the documents of the collection afterwards, and `others` those of the collection with the same name in OTHER, each
as its bytes, ordered by `_id`.
"""

# Some of these are used only by expressions.
import datetime
import functools
import json
import re
import signal
import sys
import uuid

import pymongo
from bson import Binary, Code, CodecOptions, DatetimeMS, Decimal128, Int64, MaxKey, MinKey, ObjectId, Regex, Timestamp
from bson import json_util
from bson.binary import UuidRepresentation
from bson.codec_options import DatetimeConversion
from bson.errors import BSONError
from bson.raw_bson import RawBSONDocument
from pymongo import DeleteMany, DeleteOne, IndexModel, InsertOne, ReplaceOne, ReturnDocument, UpdateMany, UpdateOne
from pymongo.command_cursor import CommandCursor
from pymongo.cursor import Cursor
from pymongo.errors import BulkWriteError, ConnectionFailure, OperationFailure, PyMongoError
from pymongo.results import BulkWriteResult, DeleteResult, InsertManyResult, InsertOneResult, UpdateResult

# The caller waits without a limit, and nothing here takes long.
TIMEOUT_SECONDS = 90

OPTIONS = CodecOptions(
    uuid_representation=UuidRepresentation.STANDARD, datetime_conversion=DatetimeConversion.DATETIME_AUTO)
RAW = CodecOptions(document_class=RawBSONDocument)
JSON_OPTIONS = json_util.CANONICAL_JSON_OPTIONS.with_options(uuid_representation=UuidRepresentation.STANDARD)


def index(description):
    """Returns an index in the form of DocumentIndex."""
    kept = ["key", "name", "unique", "sparse", "expireAfterSeconds", "partialFilterExpression", "collation"]
    return {key: description[key] for key in kept if key in description}


def indexes(descriptions):
    return [index(description) for description in descriptions]


def bulk_counts(inserted, matched, modified, deleted, upserted):
    return {
        "inserted": inserted, "matched": matched, "modified": modified, "deleted": deleted,
        "upsertedIDs": {str(index): upserted[index] for index in sorted(upserted)},
    }


def comparable(value):
    """Returns a result in the form of DriverResult.swift."""
    if isinstance(value, (Cursor, CommandCursor)):
        return list(value)
    if isinstance(value, InsertOneResult):
        return {"insertedID": value.inserted_id}
    if isinstance(value, InsertManyResult):
        return {"insertedIDs": value.inserted_ids}
    if isinstance(value, UpdateResult):
        return {"matched": value.matched_count, "modified": value.modified_count, "upsertedID": value.upserted_id}
    if isinstance(value, DeleteResult):
        return {"deleted": value.deleted_count}
    if isinstance(value, BulkWriteResult):
        return bulk_counts(
            value.inserted_count, value.matched_count, value.modified_count, value.deleted_count, value.upserted_ids)
    return value


def comparable_error(error):
    """Returns an error in the form of DriverResult.swift."""
    if isinstance(error, ConnectionFailure):
        return {"error": "unavailable", "message": str(error)}
    if isinstance(error, BulkWriteError):
        details = error.details
        upserted = {entry["index"]: entry["_id"] for entry in details["upserted"]}
        return {
            "error": "not all written", "writeErrors": [write_error(entry) for entry in details["writeErrors"]],
            "done": bulk_counts(
                details["nInserted"], details["nMatched"], details["nModified"], details["nRemoved"], upserted),
        }
    if isinstance(error, OperationFailure) and error.details is not None:
        details = error.details
        if "index" in details:
            return {"error": "not all written", "writeErrors": [write_error(details)]}
        return {
            "error": "refused", "code": error.code, "codeName": details.get("codeName"), "message": details["errmsg"]}
    if isinstance(error, (BSONError, OverflowError, PyMongoError, TypeError, ValueError)):
        return {"error": "not sent"}
    raise error


def write_error(entry):
    return {"index": entry["index"], "code": entry["code"], "message": entry["errmsg"]}


def evaluate(expression, collection):
    try:
        return comparable(eval(expression, {**globals(), "c": collection}))
    except Exception as error:
        return comparable_error(error)


def stored(database, name):
    return [document.raw.hex() for document in database.get_collection(name, RAW).find().sort("_id", 1)]


def main(uri, database_name, other_name):
    signal.alarm(TIMEOUT_SECONDS)
    client = pymongo.MongoClient(uri)
    database = client.get_database(database_name, OPTIONS)
    other = client.get_database(other_name)
    for line in sys.stdin:
        request = json.loads(line)
        name = request["collection"]
        answer = {
            "result": evaluate(request["expression"], database[name]), "stored": stored(database, name),
            "others": stored(other, name),
        }
        print(json_util.dumps(answer, json_options=JSON_OPTIONS), flush=True)


main(*sys.argv[1:])
