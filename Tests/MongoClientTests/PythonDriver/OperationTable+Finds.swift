import Documents

extension OperationTable {
    static let finds = OperationTable("finds") {
        Operation("c.find()") { $0.find() }
        Operation("c.find_one()") { try await $0.findOne() }
        Operation(
            """
            c.insert_many([
                {'_id': i, 'k': i % 4, 't': ['b', 'A', 'a', 'B', 'é'][i % 5], 'd': {'x': i, 'y': [i, i + 1]},
                 'list': [{'q': i, 'r': 1}, {'q': 2}]}
                for i in range(10)
            ])
            """
        ) {
            try await $0.insertMany(
                (0..<10).map { i in
                    let number = BSONValue(i), next = BSONValue(i + 1)
                    return [
                        "_id": number, "k": BSONValue(i % 4), "t": ["b", "A", "a", "B", "é"][i % 5],
                        "d": ["x": number, "y": [number, next]], "list": [["q": number, "r": 1], ["q": 2]],
                    ]
                })
        }
        Operation("c.find({'k': {'$lt': 3}}, sort=[('k', -1), ('_id', 1)], skip=2, limit=3)") {
            $0.find(["k": ["$lt": 3]], sort: ["k": -1, "_id": 1], skip: 2, limit: 3)
        }
        Operation("c.find(batch_size=2, sort=[('_id', -1)])") { $0.find(sort: ["_id": -1], batchSize: 2) }
        Operation("c.find(batch_size=1, limit=3, sort=[('_id', -1)])") {
            $0.find(sort: ["_id": -1], limit: 3, batchSize: 1)
        }
        Operation("c.find(batch_size=0, limit=0, skip=8)") { $0.find(skip: 8, limit: 0, batchSize: 0) }
        Operation("c.find(skip=100)") { $0.find(skip: 100) }
        Operation("c.find({'_id': 1}, {'k': 1, '_id': 0})") { $0.find(["_id": 1], projection: ["k": 1, "_id": 0]) }
        Operation("c.find({'_id': 1}, {'list': 0, 'd.y': 0})") {
            $0.find(["_id": 1], projection: ["list": 0, "d.y": 0])
        }
        Operation("c.find({'_id': 1}, {'list': {'$slice': -1}, 'd.y': {'$elemMatch': {'$gt': 1}}})") {
            $0.find(["_id": 1], projection: ["list": ["$slice": -1], "d.y": ["$elemMatch": ["$gt": 1]]])
        }
        Operation("c.find({'_id': 1}, {'double': {'$multiply': ['$k', 2.5]}, 'n': {'$literal': 1}})") {
            $0.find(["_id": 1], projection: ["double": ["$multiply": ["$k", 2.5]], "n": ["$literal": 1]])
        }
        Operation("c.find({'_id': 1}, {})") { $0.find(["_id": 1], projection: [:]) }
        Operation("c.find({'d.y': 3, '$or': [{'k': 2}, {'k': {'$exists': False}}]}, {'_id': 1})") {
            $0.find(["d.y": 3, "$or": [["k": 2], ["k": ["$exists": false]]]], projection: ["_id": 1])
        }
        Operation("c.find({'list': {'$elemMatch': {'q': {'$gt': 7}, 'r': 1}}}, {'list.$': 1})") {
            $0.find(["list": ["$elemMatch": ["q": ["$gt": 7], "r": 1]]], projection: ["list.$": 1])
        }
        Operation("c.find({'$expr': {'$gt': ['$k', '$_id']}}, {'d': 1})") {
            $0.find(["$expr": ["$gt": ["$k", "$_id"]]], projection: ["d": 1])
        }
        Operation("c.find({'t': re.compile('^a', re.I)}, {'t': 1})") {
            $0.find(["t": .regex(BSONRegex("^a", options: "i"))], projection: ["t": 1])
        }
        Operation("c.find({'t': {'$in': [Regex('b', 'i'), 'é']}}, {'t': 1}, sort={'t': 1, '_id': 1})") {
            $0.find(
                ["t": ["$in": [.regex(BSONRegex("b", options: "i")), "é"]]], sort: ["t": 1, "_id": 1],
                projection: ["t": 1])
        }
        Operation("c.find({'t': 'A'}, {'t': 1}, sort={'_id': 1}, collation={'locale': 'en', 'strength': 2})") {
            $0.find(
                ["t": "A"], sort: ["_id": 1], projection: ["t": 1], collation: ["locale": "en", "strength": 2])
        }
        Operation("c.find({}, {'t': 1}, sort={'t': 1, '_id': 1}, collation={'locale': 'en'})") {
            $0.find(sort: ["t": 1, "_id": 1], projection: ["t": 1], collation: ["locale": "en"])
        }
        Operation("c.find({'k': 1}, {'k': 1}, hint='_id_')") {
            $0.find(["k": 1], projection: ["k": 1], hint: "_id_")
        }
        Operation("c.find({'k': 1}, {'k': 1}, hint={'_id': 1})") {
            $0.find(["k": 1], projection: ["k": 1], hint: ["_id": 1])
        }
        Operation("c.find({'none': None, 'k': 0}, {'k': 1})") { $0.find(["none": nil, "k": 0], projection: ["k": 1]) }
        Operation("c.find_one({'k': 3}, {'k': 1}, sort={'_id': -1}, skip=1)") {
            try await $0.findOne(["k": 3], sort: ["_id": -1], skip: 1, projection: ["k": 1])
        }
        Operation("c.find_one({'t': 'a'}, {'t': 1}, hint='_id_', collation={'locale': 'en', 'strength': 1})") {
            try await $0.findOne(
                ["t": "a"], projection: ["t": 1], hint: "_id_", collation: ["locale": "en", "strength": 1])
        }
        Operation("c.find_one({'k': 99})") { try await $0.findOne(["k": 99]) }
        // Operations that the server refuses
        Operation("c.find({'k': {'$bogus': 1}})") { $0.find(["k": ["$bogus": 1]]) }
        Operation("c.find({'$bogus': 1})") { $0.find(["$bogus": 1]) }
        Operation("c.find_one({'$and': []})") { try await $0.findOne(["$and": []]) }
        Operation("c.find({}, {'a': 1, 'b': 0})") { $0.find(projection: ["a": 1, "b": 0]) }
        Operation("c.find({'t': {'$regex': '('}})") { $0.find(["t": ["$regex": "("]]) }
        Operation("c.find({'t': {'$options': 'i'}})") { $0.find(["t": ["$options": "i"]]) }
        Operation("c.find(sort={'k': 2})") { $0.find(sort: ["k": 2]) }
        Operation("c.find(sort={'k': 1, 'd.y': 1, 'list': 1})") { $0.find(sort: ["k": 1, "d.y": 1, "list": 1]) }
        Operation("c.find(hint='no_such')") { $0.find(hint: "no_such") }
        Operation("c.find(hint={'k': 1})") { $0.find(hint: ["k": 1]) }
        Operation("c.find(collation={'locale': 'nowhere'})") { $0.find(collation: ["locale": "nowhere"]) }
        Operation("c.find(collation={'strength': 2})") { $0.find(collation: ["strength": 2]) }
        Operation("c.find({'a\\0b': 1})") { $0.find(["a\u{0}b": 1]) }
        Operation("c.find(skip=-1)") { $0.find(skip: -1) }
        Operation("c.find(batch_size=-1)", difference: "it leaves it to the server to refuse that") {
            $0.find(batchSize: -1)
        }
        Operation("c.find({}, {'_id': 1}, limit=-2)") {
            $0.find(limit: -2, projection: ["_id": 1])
        }
    }
}
