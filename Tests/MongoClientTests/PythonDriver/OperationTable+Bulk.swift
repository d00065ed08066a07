import Documents

extension OperationTable {
    static let bulkWrites = OperationTable("bulk") {
        Operation(
            """
            c.bulk_write([
                InsertOne({'_id': 1, 'n': 1}), InsertOne({'_id': 2, 'n': 1}), UpdateOne({'_id': 1}, {'$inc': {'n': 5}}),
                UpdateMany({}, {'$set': {'m': 0}}), ReplaceOne({'_id': 2}, {'r': 1}), DeleteOne({'_id': 1}),
                UpdateOne({'_id': 'u'}, {'$set': {'n': 0}}, upsert=True), ReplaceOne({'_id': 'v'}, {'n': 1}, upsert=True),
                UpdateMany({'_id': 'w'}, [{'$set': {'n': 1}}], upsert=True), DeleteMany({'_id': {'$in': ['u', 'no']}}),
            ])
            """
        ) {
            try await $0.bulkWrite([
                .insertOne(["_id": 1, "n": 1]), .insertOne(["_id": 2, "n": 1]),
                .updateOne(["_id": 1], ["$inc": ["n": 5]]), .updateMany([:], ["$set": ["m": 0]]),
                .replaceOne(["_id": 2], ["r": 1]), .deleteOne(["_id": 1]),
                .updateOne(["_id": "u"], ["$set": ["n": 0]], upsert: true),
                .replaceOne(["_id": "v"], ["n": 1], upsert: true),
                .updateMany(["_id": "w"], pipeline: [["$set": ["n": 1]]], upsert: true),
                .deleteMany(["_id": ["$in": ["u", "no"]]]),
            ])
        }
        Operation("c.bulk_write([InsertOne({'_id': 3}), InsertOne({'_id': 3}), InsertOne({'_id': 4})])") {
            try await $0.bulkWrite([.insertOne(["_id": 3]), .insertOne(["_id": 3]), .insertOne(["_id": 4])])
        }
        Operation(
            """
            c.bulk_write([
                UpdateOne({'_id': 3}, {'$set': {'k': 1}}), UpdateOne({'_id': 'x'}, {'$set': {'k': 1}}, upsert=True),
                InsertOne({'_id': 3}), DeleteOne({'_id': 3}),
            ])
            """
        ) {
            try await $0.bulkWrite([
                .updateOne(["_id": 3], ["$set": ["k": 1]]),
                .updateOne(["_id": "x"], ["$set": ["k": 1]], upsert: true), .insertOne(["_id": 3]),
                .deleteOne(["_id": 3]),
            ])
        }
        Operation(
            """
            c.bulk_write([
                DeleteOne({'_id': 'x'}), InsertOne({'_id': 3}), UpdateOne({}, {'$bogus': {'a': 1}}),
                UpdateOne({'_id': 'y'}, {'$set': {'k': 1}}, upsert=True), InsertOne({'_id': 5}), InsertOne({'_id': 5}),
                DeleteMany({'$bogus': 1}), UpdateMany({'_id': 'z'}, {'$set': {'k': 1}}, upsert=True),
            ], ordered=False)
            """
        ) {
            try await $0.bulkWrite(
                [
                    .deleteOne(["_id": "x"]), .insertOne(["_id": 3]), .updateOne([:], ["$bogus": ["a": 1]]),
                    .updateOne(["_id": "y"], ["$set": ["k": 1]], upsert: true), .insertOne(["_id": 5]),
                    .insertOne(["_id": 5]), .deleteMany(["$bogus": 1]),
                    .updateMany(["_id": "z"], ["$set": ["k": 1]], upsert: true),
                ], ordered: false)
        }
        Operation(
            """
            c.bulk_write([
                InsertOne({'_id': 'l', 'list': [1, 8]}), InsertOne({'_id': 'L', 'list': [9]}),
                UpdateOne({'_id': 'l'}, {'$set': {'list.$[e]': 0}}, array_filters=[{'e': {'$gt': 5}}]),
                UpdateMany({'_id': 'l'}, {'$push': {'list': 3}}, collation={'locale': 'en', 'strength': 2}),
                ReplaceOne({'_id': 'L'}, {'k': 'c'}, hint='_id_'),
                UpdateOne({'k': 'c'}, {'$set': {'hinted': True}}, hint={'_id': 1}),
                DeleteOne({'_id': 2}, hint='_id_'), DeleteMany({'k': 'C'}, collation={'locale': 'en', 'strength': 2}),
            ])
            """
        ) {
            try await $0.bulkWrite([
                .insertOne(["_id": "l", "list": [1, 8]]), .insertOne(["_id": "L", "list": [9]]),
                .updateOne(["_id": "l"], ["$set": ["list.$[e]": 0]], arrayFilters: [["e": ["$gt": 5]]]),
                .updateMany(["_id": "l"], ["$push": ["list": 3]], collation: ["locale": "en", "strength": 2]),
                .replaceOne(["_id": "L"], ["k": "c"], hint: "_id_"),
                .updateOne(["k": "c"], ["$set": ["hinted": true]], hint: ["_id": 1]),
                .deleteOne(["_id": 2], hint: "_id_"),
                .deleteMany(["k": "C"], collation: ["locale": "en", "strength": 2]),
            ])
        }
        Operation(
            "c.bulk_write([InsertOne({'_id': 10}), UpdateOne({'_id': 10}, {'plain': 1}), InsertOne({'_id': 11})])"
        ) {
            try await $0.bulkWrite([
                .insertOne(["_id": 10]), .updateOne(["_id": 10], ["plain": 1]), .insertOne(["_id": 11]),
            ])
        }
        Operation("c.bulk_write([InsertOne({'_id': 10}), ReplaceOne({'_id': 10}, {'$set': {'a': 1}})])") {
            try await $0.bulkWrite([.insertOne(["_id": 10]), .replaceOne(["_id": 10], ["$set": ["a": 1]])])
        }
        Operation("c.bulk_write([])") { try await $0.bulkWrite([]) }
        let unknownLocale =
            "c.bulk_write([InsertOne({'_id': 12}), DeleteMany({}, collation={'locale': 'bogus'}), "
            + "InsertOne({'_id': 13})])"
        Operation(unknownLocale) {
            try await $0.bulkWrite([
                .insertOne(["_id": 12]), .deleteMany([:], collation: ["locale": "bogus"]), .insertOne(["_id": 13]),
            ])
        }
        Operation(
            """
            c.bulk_write([
                InsertOne({'_id': 16}), UpdateOne({'_id': 16}, [{'$bogus': 1}]), DeleteOne({'_id': 16}),
            ], ordered=False)
            """
        ) {
            try await $0.bulkWrite(
                [.insertOne(["_id": 16]), .updateOne(["_id": 16], pipeline: [["$bogus": 1]]), .deleteOne(["_id": 16])],
                ordered: false)
        }
        let unknownIndex =
            "c.bulk_write([InsertOne({'_id': 14}), UpdateOne({'_id': 14}, {'$set': {'a': 1}}, hint='no'), "
            + "InsertOne({})])"
        Operation(unknownIndex) {
            try await $0.bulkWrite([
                .insertOne(["_id": 14]), .updateOne(["_id": 14], ["$set": ["a": 1]], hint: "no"), .insertOne([:]),
            ])
        }
        Operation(
            "c.bulk_write([InsertOne({'_id': i}) for i in range(20, 1020)] + [DeleteMany({'_id': {'$gte': 20}})])"
        ) {
            try await $0.bulkWrite(
                (20..<1020).map { .insertOne(["_id": BSONValue($0)]) } + [.deleteMany(["_id": ["$gte": 20]])])
        }
    }
}
