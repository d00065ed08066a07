// The operations that `StoreOperations` measures, written in C against libmongoc as its manual shows them.
#include "StoreBaseline.h"

#include <mongoc/mongoc.h>

struct store_baseline {
    mongoc_client_t *client;
    mongoc_collection_t *collection;
};

store_baseline_t *store_baseline_new(const char *uri, const char *database, const char *collection) {
    mongoc_init();
    mongoc_client_t *client = mongoc_client_new(uri);
    if (client == NULL) return NULL;
    store_baseline_t *store = bson_malloc(sizeof *store);
    store->client = client;
    store->collection = mongoc_client_get_collection(client, database, collection);
    return store;
}

void store_baseline_free(store_baseline_t *store) {
    mongoc_collection_destroy(store->collection);
    mongoc_client_destroy(store->client);
    bson_free(store);
}

int store_baseline_insert_one(store_baseline_t *store, int32_t number) {
    bson_t *document = BCON_NEW(
        "_id", BCON_INT32(number), "sensor", BCON_UTF8("boiler"), "value", BCON_DOUBLE(number * 0.5), "tags", "[",
        BCON_UTF8("hot"), BCON_UTF8("wet"), "]");
    bson_error_t error;
    bool done = mongoc_collection_insert_one(store->collection, document, NULL, NULL, &error);
    bson_destroy(document);
    return done;
}

/// Reads all documents of a cursor and destroys it. Returns the number of documents, or -1 after an error.
static int read_all(mongoc_cursor_t *cursor) {
    const bson_t *document;
    bson_error_t error;
    int count = 0;
    while (mongoc_cursor_next(cursor, &document)) count++;
    if (mongoc_cursor_error(cursor, &error)) count = -1;
    mongoc_cursor_destroy(cursor);
    return count;
}

int store_baseline_find_one(store_baseline_t *store, int32_t number) {
    bson_t *filter = BCON_NEW("_id", BCON_INT32(number));
    bson_t *options = BCON_NEW("limit", BCON_INT64(1));
    int count = read_all(mongoc_collection_find_with_opts(store->collection, filter, options, NULL));
    bson_destroy(options);
    bson_destroy(filter);
    return count == 1;
}

int store_baseline_update_one(store_baseline_t *store, int32_t number) {
    bson_t *filter = BCON_NEW("_id", BCON_INT32(number));
    bson_t *update = BCON_NEW("$inc", "{", "value", BCON_DOUBLE(1), "}");
    bson_error_t error;
    bool done = mongoc_collection_update_one(store->collection, filter, update, NULL, NULL, &error);
    bson_destroy(update);
    bson_destroy(filter);
    return done;
}

int store_baseline_find(store_baseline_t *store, int32_t count) {
    bson_t *filter = BCON_NEW("value", "{", "$gte", BCON_DOUBLE(0), "}");
    bson_t *options = BCON_NEW("limit", BCON_INT64(count));
    int found = read_all(mongoc_collection_find_with_opts(store->collection, filter, options, NULL));
    bson_destroy(options);
    bson_destroy(filter);
    return found;
}
