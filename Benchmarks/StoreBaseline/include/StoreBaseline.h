#pragma once
#include <stdint.h>

/// A collection of documents with one client of libmongoc's.
typedef struct store_baseline store_baseline_t;

/// Connects; NULL when the connection string is none.
store_baseline_t *store_baseline_new(const char *uri, const char *database, const char *collection);
void store_baseline_free(store_baseline_t *store);

// Each carries out one operation and returns whether it was done.
int store_baseline_insert_one(store_baseline_t *store, int32_t number);
int store_baseline_find_one(store_baseline_t *store, int32_t number);
int store_baseline_update_one(store_baseline_t *store, int32_t number);
/// Reads that many documents at most and returns how many there were.
int store_baseline_find(store_baseline_t *store, int32_t count);
