"""The operations of the document store."""

from bson import ObjectId
from checking import checked, whole
from ixoncdkingress.function.context import FunctionContext


@FunctionContext.expose
def is_none(context):
    return context.document_db_client is None


@FunctionContext.expose
def ts_none(context):
    return context.time_series_client is None


@FunctionContext.expose
def reset(context):
    return context.document_db_client.delete_many({}).deleted_count


@FunctionContext.expose
def insert_one(context, doc):
    return plain(context.document_db_client.insert_one(checked(dict, doc)).inserted_id)


@FunctionContext.expose
def insert_many(context, docs):
    return [
        plain(key) for key in context.document_db_client.insert_many([checked(dict, doc) for doc in docs]).inserted_ids
    ]


@FunctionContext.expose
def find_one(context, filter={}):
    return without_id(context.document_db_client.find_one(filter_map=checked(dict, filter)))


@FunctionContext.expose
def find(context, filter={}, sort=None, skip=0, limit=0, projection=None):
    order = [tuple(pair) for pair in sort] if sort is not None else None
    found = context.document_db_client.find(
        checked(dict, filter),
        sort=order,
        skip=whole(skip),
        limit=whole(limit),
        projection=None if projection is None else checked(dict, projection),
    )
    return [without_id(document) for document in found]


@FunctionContext.expose
def update_one(context, filter, update):
    return updated(context.document_db_client.update_one(checked(dict, filter), update))


@FunctionContext.expose
def update_many(context, filter, update):
    return updated(context.document_db_client.update_many(checked(dict, filter), update))


@FunctionContext.expose
def delete_one(context, filter):
    return context.document_db_client.delete_one(checked(dict, filter)).deleted_count


@FunctionContext.expose
def delete_many(context, filter):
    return context.document_db_client.delete_many(checked(dict, filter)).deleted_count


def updated(result):
    return {
        "matched": result.matched_count,
        "modified": result.modified_count,
        "upserted_id": plain(result.upserted_id),
    }


def plain(key):
    return str(key) if isinstance(key, ObjectId) else key


def without_id(document):
    if document is None:
        return None
    return {name: value for name, value in document.items() if name != "_id"}
