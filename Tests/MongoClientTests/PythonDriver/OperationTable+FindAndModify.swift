import Documents

extension OperationTable {
    static let findsAndModifies = OperationTable("find-and-modify") {
        Operation("c.find_one_and_update({'k': 1}, {'$set': {'v': 1}})") {
            try await $0.findOneAndUpdate(["k": 1], ["$set": ["v": 1]])
        }
        Operation("c.insert_many([{'_id': i, 'k': i % 2, 't': 'aB'[i % 2], 'list': [i, 9]} for i in range(8)])") {
            try await $0.insertMany(
                (0..<8).map { i in
                    ["_id": BSONValue(i), "k": BSONValue(i % 2), "t": ["a", "B"][i % 2], "list": [BSONValue(i), 9]]
                })
        }
        Operation("c.find_one_and_update({'_id': 0}, {'$inc': {'k': 1}})") {
            try await $0.findOneAndUpdate(["_id": 0], ["$inc": ["k": 1]])
        }
        Operation("c.find_one_and_update({'_id': 0}, {'$inc': {'k': 1}}, return_document=ReturnDocument.AFTER)") {
            try await $0.findOneAndUpdate(["_id": 0], ["$inc": ["k": 1]], returning: .after)
        }
        let sorted =
            "c.find_one_and_update({'k': 1}, {'$set': {'s': 1}}, {'s': 1, 'k': 1}, "
            + "sort={'_id': -1}, return_document=True)"
        Operation(sorted) {
            try await $0.findOneAndUpdate(
                ["k": 1], ["$set": ["s": 1]], sort: ["_id": -1], projection: ["s": 1, "k": 1], returning: .after)
        }
        let computed =
            "c.find_one_and_update({'_id': 1}, [{'$set': {'sum': {'$sum': '$list'}}}], "
            + "{'sum': 1}, return_document=True)"
        Operation(computed) {
            try await $0.findOneAndUpdate(
                ["_id": 1], pipeline: [["$set": ["sum": ["$sum": "$list"]]]], projection: ["sum": 1], returning: .after)
        }
        Operation("c.find_one_and_update({'_id': 'u'}, {'$set': {'k': 1}}, upsert=True)") {
            try await $0.findOneAndUpdate(["_id": "u"], ["$set": ["k": 1]], upsert: true)
        }
        Operation("c.find_one_and_update({'_id': 'w'}, {'$set': {'k': 1}}, upsert=True, return_document=True)") {
            try await $0.findOneAndUpdate(["_id": "w"], ["$set": ["k": 1]], upsert: true, returning: .after)
        }
        let filtered =
            "c.find_one_and_update({'_id': 2}, {'$set': {'list.$[e]': 0}}, "
            + "array_filters=[{'e': 9}], return_document=True)"
        Operation(filtered) {
            try await $0.findOneAndUpdate(
                ["_id": 2], ["$set": ["list.$[e]": 0]], returning: .after, arrayFilters: [["e": 9]])
        }
        let collated =
            "c.find_one_and_update({'t': 'b'}, {'$set': {'c': 1}}, "
            + "hint='_id_', collation={'locale': 'en', 'strength': 2})"
        Operation(collated) {
            try await $0.findOneAndUpdate(
                ["t": "b"], ["$set": ["c": 1]], hint: "_id_", collation: ["locale": "en", "strength": 2])
        }
        Operation("c.find_one_and_replace({'_id': 3}, {'whole': True})") {
            try await $0.findOneAndReplace(["_id": 3], ["whole": true])
        }
        Operation(
            "c.find_one_and_replace({'k': 1}, {'k': 5}, sort={'_id': 1}, projection={'_id': 0}, return_document=True)"
        ) {
            try await $0.findOneAndReplace(
                ["k": 1], ["k": 5], sort: ["_id": 1], projection: ["_id": 0], returning: .after)
        }
        Operation("c.find_one_and_replace({'_id': 'r'}, {'k': 6}, upsert=True, return_document=True)") {
            try await $0.findOneAndReplace(["_id": "r"], ["k": 6], upsert: true, returning: .after)
        }
        Operation("c.find_one_and_replace({'none': 1}, {'k': 6})") {
            try await $0.findOneAndReplace(["none": 1], ["k": 6])
        }
        Operation("c.find_one_and_replace({'_id': 'r'}, {})") { try await $0.findOneAndReplace(["_id": "r"], [:]) }
        Operation("c.find_one_and_delete({'k': {'$lt': 9}}, {'k': 1}, sort={'k': -1, '_id': 1})") {
            try await $0.findOneAndDelete(["k": ["$lt": 9]], sort: ["k": -1, "_id": 1], projection: ["k": 1])
        }
        Operation("c.find_one_and_delete({'t': 'A'}, hint={'_id': 1}, collation={'locale': 'en', 'strength': 2})") {
            try await $0.findOneAndDelete(["t": "A"], hint: ["_id": 1], collation: ["locale": "en", "strength": 2])
        }
        Operation("c.find_one_and_delete({'none': 1})") { try await $0.findOneAndDelete(["none": 1]) }
        // Refused operations
        Operation("c.find_one_and_update({}, {'$bogus': {'a': 1}})") {
            try await $0.findOneAndUpdate([:], ["$bogus": ["a": 1]])
        }
        Operation("c.find_one_and_update({'_id': 'u'}, {'$set': {'_id': 'w'}})") {
            try await $0.findOneAndUpdate(["_id": "u"], ["$set": ["_id": "w"]])
        }
        Operation("c.find_one_and_update({'k': 77}, {'$set': {'_id': 'w'}}, upsert=True)") {
            try await $0.findOneAndUpdate(["k": 77], ["$set": ["_id": "w"]], upsert: true)
        }
        Operation("c.find_one_and_update({}, {'$set': {'a': 1}}, hint='no')") {
            try await $0.findOneAndUpdate([:], ["$set": ["a": 1]], hint: "no")
        }
        Operation("c.find_one_and_update({}, {'$set': {'a': 1}}, {'a': 1, 'b': 0})") {
            try await $0.findOneAndUpdate([:], ["$set": ["a": 1]], projection: ["a": 1, "b": 0])
        }
        Operation("c.find_one_and_update({}, {'plain': 1})") { try await $0.findOneAndUpdate([:], ["plain": 1]) }
        Operation("c.find_one_and_update({}, {})") { try await $0.findOneAndUpdate([:], [:]) }
        Operation("c.find_one_and_update({}, [])") { try await $0.findOneAndUpdate([:], pipeline: []) }
        Operation("c.find_one_and_replace({}, {'$set': {'a': 1}})") {
            try await $0.findOneAndReplace([:], ["$set": ["a": 1]])
        }
        Operation("c.find_one_and_delete({'$bogus': 1})") { try await $0.findOneAndDelete(["$bogus": 1]) }
    }

    static let deletes = OperationTable("deletes") {
        Operation("c.delete_one({'k': 1})") { try await $0.deleteOne(["k": 1]) }
        Operation("c.insert_many([{'_id': i, 'k': i % 3, 't': 'aAb'[i % 3]} for i in range(12)])") {
            try await $0.insertMany(
                (0..<12).map { i in ["_id": BSONValue(i), "k": BSONValue(i % 3), "t": ["a", "A", "b"][i % 3]] })
        }
        Operation("c.delete_one({'k': 1})") { try await $0.deleteOne(["k": 1]) }
        Operation("c.delete_one({'k': 9})") { try await $0.deleteOne(["k": 9]) }
        Operation("c.delete_one({'t': 'B'}, hint='_id_', collation={'locale': 'en', 'strength': 2})") {
            try await $0.deleteOne(["t": "B"], hint: "_id_", collation: ["locale": "en", "strength": 2])
        }
        Operation(
            "c.delete_many({'t': 'A', '_id': {'$lt': 5}}, hint={'_id': 1}, collation={'locale': 'en', 'strength': 2})"
        ) {
            try await $0.deleteMany(
                ["t": "A", "_id": ["$lt": 5]], hint: ["_id": 1], collation: ["locale": "en", "strength": 2])
        }
        Operation("c.delete_one({'$bogus': 1})") { try await $0.deleteOne(["$bogus": 1]) }
        Operation("c.delete_many({'k': {'$bogus': 1}})") { try await $0.deleteMany(["k": ["$bogus": 1]]) }
        Operation("c.delete_many({}, hint='no_such')") { try await $0.deleteMany([:], hint: "no_such") }
        Operation("c.delete_many({}, collation={'locale': 'nowhere'})") {
            try await $0.deleteMany([:], collation: ["locale": "nowhere"])
        }
        Operation("c.delete_many({'k': 2})") { try await $0.deleteMany(["k": 2]) }
        Operation("c.delete_many({})") { try await $0.deleteMany([:]) }
    }
}
