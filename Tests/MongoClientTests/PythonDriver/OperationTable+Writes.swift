import Documents

extension OperationTable {
    static let inserts = OperationTable("inserts") {
        Operation("c.insert_one({'_id': 1, 'k': 'a'})") { try await $0.insertOne(["_id": 1, "k": "a"]) }
        Operation("c.insert_one({'k': 'z', 'l': 1, '_id': 'last'})") {
            try await $0.insertOne(["k": "z", "l": 1, "_id": "last"])
        }
        Operation("c.insert_one({'k': 'new'})") { try await $0.insertOne(["k": "new"]) }
        Operation("c.insert_one({'_id': None})") { try await $0.insertOne(["_id": nil]) }
        Operation("c.insert_one({})") { try await $0.insertOne([:]) }
        Operation("c.insert_one({'_id': 1, 'k': 'b'})") { try await $0.insertOne(["_id": 1, "k": "b"]) }
        Operation("c.insert_one({'_id': {'b': 1, 'a': [1, {}]}})") {
            try await $0.insertOne(["_id": ["b": 1, "a": [1, [:]]]])
        }
        Operation("c.insert_many([{'_id': 2}, {'k': 3}, {'_id': 4}])") {
            try await $0.insertMany([["_id": 2], ["k": 3], ["_id": 4]])
        }
        Operation("c.insert_many([{'_id': 5}, {'_id': 1}, {'_id': 6}])") {
            try await $0.insertMany([["_id": 5], ["_id": 1], ["_id": 6]])
        }
        Operation("c.insert_many([{'_id': 7}, {'_id': 1}, {'_id': 8}, {'_id': 2, 'k': 1}, {'_id': 9}], ordered=False)")
        {
            try await $0.insertMany(
                [["_id": 7], ["_id": 1], ["_id": 8], ["_id": 2, "k": 1], ["_id": 9]], ordered: false)
        }
        Operation("c.insert_many([])") { try await $0.insertMany([] as [BSONDocument]) }
        Operation("c.insert_one({'_id': [1]})") { try await $0.insertOne(["_id": [1]]) }
        Operation("c.insert_one({'_id': {'$a': 1}})") { try await $0.insertOne(["_id": ["$a": 1]]) }
        Operation("c.insert_one({'_id': 'keys', 'a.b': 1, '$c': 2, '': 3, 'd': {'$e': {'f.g': 4}}})") {
            try await $0.insertOne(["_id": "keys", "a.b": 1, "$c": 2, "": 3, "d": ["$e": ["f.g": 4]]])
        }
        Operation("c.insert_one({'_id': 'zero', 'a\\0b': 1})") {
            try await $0.insertOne(["_id": "zero", "a\u{0}b": 1])
        }
        Operation("c.insert_one({'_id': 'large', 'v': 'x' * 17_000_000})") {
            try await $0.insertOne(["_id": "large", "v": .string(String(repeating: "x", count: 17_000_000))])
        }
        Operation("c.insert_one(functools.reduce(lambda inner, _: {'_id': 'deep', 'd': inner}, range(95), {}))") {
            try await $0.insertOne((0..<95).reduce([:]) { inner, _ in ["_id": "deep", "d": .document(inner)] })
        }
        Operation(
            "c.insert_one(functools.reduce(lambda inner, _: {'_id': 'deeper', 'd': inner}, range(210), {}))",
            difference: "more than 100 levels are not sent"
        ) {
            try await $0.insertOne((0..<210).reduce([:]) { inner, _ in ["_id": "deeper", "d": .document(inner)] })
        }
    }

    static let updates = OperationTable("updates") {
        Operation("c.insert_many([{'_id': i, 'k': i % 3, 't': 'abC'[i % 3], 'list': [i, 5, 9]} for i in range(6)])") {
            try await $0.insertMany(
                (0..<6).map { i in
                    [
                        "_id": BSONValue(i), "k": BSONValue(i % 3), "t": ["a", "b", "C"][i % 3],
                        "list": [BSONValue(i), 5, 9],
                    ]
                })
        }
        Operation("c.update_one({'k': 1}, {'$set': {'s': 'x', 'in.ner': 1}, '$inc': {'n': 2}})") {
            try await $0.updateOne(["k": 1], ["$set": ["s": "x", "in.ner": 1], "$inc": ["n": 2]])
        }
        Operation("c.update_one({'_id': 0}, {'$set': {'k': 0}})") {
            try await $0.updateOne(["_id": 0], ["$set": ["k": 0]])
        }
        Operation("c.update_one({'_id': 99}, {'$set': {'k': 0}})") {
            try await $0.updateOne(["_id": 99], ["$set": ["k": 0]])
        }
        Operation("c.update_many({'k': {'$gte': 1}}, {'$mul': {'k': 10}, '$push': {'list': 7}, '$unset': {'s': ''}})") {
            try await $0.updateMany(
                ["k": ["$gte": 1]], ["$mul": ["k": 10], "$push": ["list": 7], "$unset": ["s": ""]])
        }
        Operation("c.update_many({}, {'$currentDate': {'bogus': {'$type': 'bogus'}}})") {
            try await $0.updateMany([:], ["$currentDate": ["bogus": ["$type": "bogus"]]])
        }
        Operation("c.update_many({'k': 20}, [{'$set': {'sum': {'$add': ['$k', '$_id']}}}, {'$unset': 'list'}])") {
            try await $0.updateMany(
                ["k": 20], pipeline: [["$set": ["sum": ["$add": ["$k", "$_id"]]]], ["$unset": "list"]])
        }
        Operation("c.update_one({'k': 20}, [{'$replaceWith': {'_id': '$_id', 'only': '$$NOW'}}, {'$unset': 'only'}])") {
            try await $0.updateOne(
                ["k": 20], pipeline: [["$replaceWith": ["_id": "$_id", "only": "$$NOW"]], ["$unset": "only"]])
        }
        Operation("c.update_one({'_id': 'new'}, {'$set': {'k': 1}, '$setOnInsert': {'made': True}}, upsert=True)") {
            try await $0.updateOne(["_id": "new"], ["$set": ["k": 1], "$setOnInsert": ["made": true]], upsert: true)
        }
        Operation("c.update_one({'_id': 'new'}, {'$set': {'k': 2}, '$setOnInsert': {'made': True}}, upsert=True)") {
            try await $0.updateOne(["_id": "new"], ["$set": ["k": 2], "$setOnInsert": ["made": true]], upsert: true)
        }
        Operation("c.update_many({'q': 5}, {'$inc': {'n': 1}}, upsert=True)") {
            try await $0.updateMany(["q": 5], ["$inc": ["n": 1]], upsert: true)
        }
        Operation("c.update_one({'_id': {'$exists': False}}, [{'$set': {'_id': 'piped'}}], upsert=True)") {
            try await $0.updateOne(["_id": ["$exists": false]], pipeline: [["$set": ["_id": "piped"]]], upsert: true)
        }
        Operation("c.update_many({}, {'$set': {'list.$[big]': 0}}, array_filters=[{'big': {'$gt': 6}}])") {
            try await $0.updateMany([:], ["$set": ["list.$[big]": 0]], arrayFilters: [["big": ["$gt": 6]]])
        }
        Operation("c.update_one({'_id': 0}, {'$set': {'list.$[x]': 0}}, array_filters=[{'y': 1}])") {
            try await $0.updateOne(["_id": 0], ["$set": ["list.$[x]": 0]], arrayFilters: [["y": 1]])
        }
        Operation("c.update_one({'t': 'c'}, {'$set': {'found': True}}, collation={'locale': 'en', 'strength': 2})") {
            try await $0.updateOne(["t": "c"], ["$set": ["found": true]], collation: ["locale": "en", "strength": 2])
        }
        Operation("c.update_many({'t': 'a'}, {'$set': {'hinted': 1}}, hint='_id_')") {
            try await $0.updateMany(["t": "a"], ["$set": ["hinted": 1]], hint: "_id_")
        }
        Operation("c.update_one({'t': 'a'}, {'$set': {'hinted': 2}}, hint={'_id': 1})") {
            try await $0.updateOne(["t": "a"], ["$set": ["hinted": 2]], hint: ["_id": 1])
        }
        Operation("c.update_one({'t': 'a'}, {'$set': {'hinted': 3}}, hint='no_such')") {
            try await $0.updateOne(["t": "a"], ["$set": ["hinted": 3]], hint: "no_such")
        }
        Operation("c.update_one({}, {'$bogus': {'v': 1}})") { try await $0.updateOne([:], ["$bogus": ["v": 1]]) }
        Operation("c.update_one({'$bogus': 1}, {'$set': {'v': 1}})") {
            try await $0.updateOne(["$bogus": 1], ["$set": ["v": 1]])
        }
        Operation("c.update_one({'_id': 0}, {'$inc': {'t': 1}})") {
            try await $0.updateOne(["_id": 0], ["$inc": ["t": 1]])
        }
        Operation("c.update_one({'_id': 0}, {'$set': {'_id': 1}})") {
            try await $0.updateOne(["_id": 0], ["$set": ["_id": 1]])
        }
        Operation("c.update_one({'_id': 0}, {'$set': {'a': 1}, '$inc': {'a': 1}})") {
            try await $0.updateOne(["_id": 0], ["$set": ["a": 1], "$inc": ["a": 1]])
        }
        Operation("c.update_one({'_id': 0}, {'$set': {}})") { try await $0.updateOne(["_id": 0], ["$set": [:]]) }
        Operation("c.update_one({'_id': 0}, [{'$bogus': 1}])") {
            try await $0.updateOne(["_id": 0], pipeline: [["$bogus": 1]])
        }
        Operation("c.update_one({}, {'plain': 1})") { try await $0.updateOne([:], ["plain": 1]) }
        Operation("c.update_one({}, {'$set': {'v': 1}, 'plain': 1})") {
            try await $0.updateOne([:], ["$set": ["v": 1], "plain": 1])
        }
        Operation("c.update_one({}, {})") { try await $0.updateOne([:], [:]) }
        Operation("c.update_many({}, [])") { try await $0.updateMany([:], pipeline: []) }
        Operation("c.replace_one({'_id': 1}, {'k': 'whole', 'd': {}})") {
            try await $0.replaceOne(["_id": 1], ["k": "whole", "d": [:]])
        }
        Operation("c.replace_one({'_id': 1}, {'k': 'whole', 'd': {}})") {
            try await $0.replaceOne(["_id": 1], ["k": "whole", "d": [:]])
        }
        Operation("c.replace_one({'_id': 1}, {})") { try await $0.replaceOne(["_id": 1], [:]) }
        Operation("c.replace_one({'_id': 'r'}, {'k': 1}, upsert=True)") {
            try await $0.replaceOne(["_id": "r"], ["k": 1], upsert: true)
        }
        Operation("c.replace_one({'t': 'A'}, {'r': 1}, hint='_id_', collation={'locale': 'en', 'strength': 1})") {
            try await $0.replaceOne(["t": "A"], ["r": 1], hint: "_id_", collation: ["locale": "en", "strength": 1])
        }
        Operation("c.replace_one({'_id': 3}, {'_id': 4})") { try await $0.replaceOne(["_id": 3], ["_id": 4]) }
        Operation("c.replace_one({}, {'$set': {'a': 1}})") { try await $0.replaceOne([:], ["$set": ["a": 1]]) }
        Operation("c.replace_one({'_id': 4}, {'a.b': 1, 'n': {'$m': 2}})") {
            try await $0.replaceOne(["_id": 4], ["a.b": 1, "n": ["$m": 2]])
        }
    }
}
