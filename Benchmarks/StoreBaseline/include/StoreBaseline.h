#pragma once
#include <stdint.h>

/// A collection of documents with its own client of libmongoc.
typedef struct store_baseline store_baseline_t;

/// Connects to a collection. Returns NULL if the connection string is invalid.
store_baseline_t *store_baseline_new(const char *uri, const char *database, const char *collection);
void store_baseline_free(store_baseline_t *store);

// Each of these performs one operation, and returns whether it succeeded.
int store_baseline_insert_one(store_baseline_t *store, int32_t number);
int store_baseline_find_one(store_baseline_t *store, int32_t number);
int store_baseline_update_one(store_baseline_t *store, int32_t number);
/// Reads at most the given number of documents, and returns the number of documents read.
int store_baseline_find(store_baseline_t *store, int32_t count);
