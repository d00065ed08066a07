import Documents

extension OperationTable {
    static let counts = OperationTable("counts") {
        Operation("c.count_documents({})") { try await $0.countDocuments() }
        Operation("c.estimated_document_count()") { try await $0.estimatedCount() }
        Operation("c.distinct('k')") { try await $0.distinct("k") }
        Operation(
            """
            c.insert_many([
                {'_id': i, 'k': [2, 2.0, Int64(2), 'x', None, [3, 2], {'a': 1}][i % 7], 't': 'aAbB'[i % 4], 'd': [{'e': i % 3}]}
                for i in range(14)
            ])
            """
        ) {
            try await $0.insertMany(
                (0..<14).map { i in
                    let kinds: [BSONValue] = [2, 2.0, .int64(2), "x", nil, [3, 2], ["a": 1]]
                    return [
                        "_id": BSONValue(i), "k": kinds[i % 7], "t": ["a", "A", "b", "B"][i % 4],
                        "d": [["e": BSONValue(i % 3)]],
                    ]
                })
        }
        Operation("c.count_documents({'k': 2})") { try await $0.countDocuments(["k": 2]) }
        Operation("c.count_documents({'_id': {'$gt': 3}}, skip=2, limit=5)") {
            try await $0.countDocuments(["_id": ["$gt": 3]], skip: 2, limit: 5)
        }
        Operation("c.count_documents({}, skip=12)") { try await $0.countDocuments(skip: 12) }
        Operation("c.count_documents({}, skip=50)") { try await $0.countDocuments(skip: 50) }
        Operation("c.count_documents({'t': 'a'}, hint='_id_', collation={'locale': 'en', 'strength': 2})") {
            try await $0.countDocuments(["t": "a"], hint: "_id_", collation: ["locale": "en", "strength": 2])
        }
        Operation("c.count_documents({'k': 'nothing'}, hint={'_id': 1})") {
            try await $0.countDocuments(["k": "nothing"], hint: ["_id": 1])
        }
        Operation("c.estimated_document_count()") { try await $0.estimatedCount() }
        Operation("c.distinct('k')") { try await $0.distinct("k") }
        Operation("c.distinct('d.e', {'_id': {'$lt': 2}})") { try await $0.distinct("d.e", ["_id": ["$lt": 2]]) }
        Operation("c.distinct('t', collation={'locale': 'en', 'strength': 2})") {
            try await $0.distinct("t", collation: ["locale": "en", "strength": 2])
        }
        Operation("c.distinct('none.such')") { try await $0.distinct("none.such") }
        Operation("c.count_documents({'$bogus': 1})") { try await $0.countDocuments(["$bogus": 1]) }
        Operation("c.count_documents({'$where': 'true'})") { try await $0.countDocuments(["$where": "true"]) }
        Operation("c.count_documents({}, skip=-1)") { try await $0.countDocuments(skip: -1) }
        Operation("c.count_documents({}, limit=-1)") { try await $0.countDocuments(limit: -1) }
        Operation("c.count_documents({}, hint='no_such')") { try await $0.countDocuments(hint: "no_such") }
        Operation("c.distinct('k', {'k': {'$bogus': 1}})") { try await $0.distinct("k", ["k": ["$bogus": 1]]) }
        Operation("c.distinct('')") { try await $0.distinct("") }
        Operation("c.distinct('a\\0b')") { try await $0.distinct("a\u{0}b") }
    }

    static let aggregations = OperationTable("aggregations") {
        Operation("c.aggregate([{'$group': {'_id': None, 'n': {'$sum': 1}}}])") {
            $0.aggregate([["$group": ["_id": nil, "n": ["$sum": 1]]]])
        }
        let insertion =
            "c.insert_many([{'_id': i, 'k': 'abc'[i % 3], 'n': i, 'next': (i + 1) % 9, "
            + "'l': list(range(i))} for i in range(9)])"
        Operation(insertion) {
            try await $0.insertMany(
                (0..<9).map { i in
                    [
                        "_id": BSONValue(i), "k": ["a", "b", "c"][i % 3], "n": BSONValue(i),
                        "next": BSONValue((i + 1) % 9),
                        "l": .array((0..<i).map { BSONValue($0) }),
                    ]
                })
        }
        Operation("c.aggregate([])") { $0.aggregate([]) }
        Operation("c.aggregate([{'$sort': {'_id': 1}}], batchSize=2)") {
            $0.aggregate([["$sort": ["_id": 1]]], batchSize: 2)
        }
        Operation("c.aggregate([{'$sort': {'_id': 1}}], batchSize=0)") {
            $0.aggregate([["$sort": ["_id": 1]]], batchSize: 0)
        }
        Operation(
            """
            c.aggregate([
                {'$match': {'n': {'$gt': 0}}},
                {'$group': {'_id': '$k', 'sum': {'$sum': '$n'}, 'mean': {'$avg': '$n'}, 'all': {'$push': '$n'}}},
                {'$sort': {'_id': -1}},
            ])
            """
        ) {
            $0.aggregate([
                ["$match": ["n": ["$gt": 0]]],
                ["$group": ["_id": "$k", "sum": ["$sum": "$n"], "mean": ["$avg": "$n"], "all": ["$push": "$n"]]],
                ["$sort": ["_id": -1]],
            ])
        }
        Operation(
            """
            c.aggregate([
                {'$lookup': {'from': 'aggregations', 'localField': 'next', 'foreignField': '_id', 'as': 'found'}},
                {'$project': {'found.n': 1}}, {'$sort': {'_id': 1}}, {'$limit': 3},
            ])
            """
        ) {
            $0.aggregate([
                ["$lookup": ["from": "aggregations", "localField": "next", "foreignField": "_id", "as": "found"]],
                ["$project": ["found.n": 1]], ["$sort": ["_id": 1]], ["$limit": 3],
            ])
        }
        let unwound =
            "c.aggregate([{'$unwind': {'path': '$l', 'includeArrayIndex': 'i'}}, "
            + "{'$match': {'l': 6}}, {'$sort': {'_id': 1}}])"
        Operation(unwound) {
            $0.aggregate([
                ["$unwind": ["path": "$l", "includeArrayIndex": "i"]], ["$match": ["l": 6]], ["$sort": ["_id": 1]],
            ])
        }
        Operation(
            """
            c.aggregate([{'$facet': {
                'count': [{'$count': 'n'}], 'none': [{'$match': {'n': 99}}],
                'buckets': [{'$bucket': {'groupBy': '$n', 'boundaries': [0, 3.5, 100]}}],
            }}])
            """
        ) {
            $0.aggregate([
                [
                    "$facet": [
                        "count": [["$count": "n"]], "none": [["$match": ["n": 99]]],
                        "buckets": [["$bucket": ["groupBy": "$n", "boundaries": [0, 3.5, 100]]]],
                    ]
                ]
            ])
        }
        let collated =
            "c.aggregate([{'$match': {'k': 'A'}}, {'$count': 'n'}], "
            + "collation={'locale': 'en', 'strength': 2}, hint='_id_', allowDiskUse=True)"
        Operation(collated) {
            $0.aggregate(
                [["$match": ["k": "A"]], ["$count": "n"]], hint: "_id_", collation: ["locale": "en", "strength": 2],
                allowDiskUse: true)
        }
        Operation("c.aggregate([{'$match': {'n': 2}}], hint={'_id': 1}, allowDiskUse=False)") {
            $0.aggregate([["$match": ["n": 2]]], hint: ["_id": 1], allowDiskUse: false)
        }
        Operation("c.aggregate([{'$match': {'n': {'$lt': 2}}}, {'$out': 'out'}])") {
            $0.aggregate([["$match": ["n": ["$lt": 2]]], ["$out": "out"]])
        }
        Operation("c.aggregate([{'$limit': 1}, {'$unionWith': 'out'}, {'$sort': {'_id': 1}}])") {
            $0.aggregate([["$limit": 1], ["$unionWith": "out"], ["$sort": ["_id": 1]]])
        }
        Operation("c.aggregate([{'$set': {'n': {'$add': ['$n', 100]}}}, {'$merge': {'into': 'aggregations'}}])") {
            $0.aggregate([["$set": ["n": ["$add": ["$n", 100]]]], ["$merge": ["into": "aggregations"]]])
        }
        Operation("c.aggregate([{'$bogus': 1}])") { $0.aggregate([["$bogus": 1]]) }
        Operation("c.aggregate([{'$match': 1}])") { $0.aggregate([["$match": 1]]) }
        Operation("c.aggregate([{'$match': {}, '$limit': 1}])") { $0.aggregate([["$match": [:], "$limit": 1]]) }
        Operation("c.aggregate([{'$project': {'v': {'$divide': [1, '$zero']}}}, {'$set': {'w': {'$divide': [1, 0]}}}])")
        {
            $0.aggregate([["$project": ["v": ["$divide": [1, "$zero"]]]], ["$set": ["w": ["$divide": [1, 0]]]]])
        }
        Operation("c.aggregate([{'$project': {'v': {'$toInt': '$k'}}}])") {
            $0.aggregate([["$project": ["v": ["$toInt": "$k"]]]])
        }
        Operation("c.aggregate([{'$out': 'out'}, {'$limit': 1}])") { $0.aggregate([["$out": "out"], ["$limit": 1]]) }
        Operation("c.aggregate([{}])") { $0.aggregate([[:]]) }
        Operation(
            "c.aggregate([{'$sort': {'_id': 1}}], batchSize=-1)",
            difference: "it leaves it to the server to refuse that"
        ) {
            $0.aggregate([["$sort": ["_id": 1]]], batchSize: -1)
        }
    }
}
