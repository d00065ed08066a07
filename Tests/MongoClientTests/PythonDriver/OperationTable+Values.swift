import Documents
import Foundation
import Testing
import Values

extension OperationTable {
    static let kinds = OperationTable("kinds") {
        Operation(
            """
            c.insert_one({
                '_id': ObjectId('507f1f77bcf86cd799439011'), 'double': 1.5, 'string': 'h\\u00e9llo \\0 \\u65e5\\u672c\\u8a9e \\U0001f642',
                'document': {'b': 1, 'a': {}}, 'array': [1, None, ['x', []]], 'true': True, 'false': False, 'null': None,
                'int32': -2**31, 'int64': 2**63 - 1, 'small': Int64(1), 'decimal': Decimal128('-1.50E+10'),
                'least': MinKey(), 'greatest': MaxKey(), 'timestamp': Timestamp(2**32 - 1, 7), 'empty': '',
            })
            """
        ) {
            try await $0.insertOne([
                "_id": .objectID(try id("507f1f77bcf86cd799439011")), "double": 1.5, "string": "héllo \0 日本語 🙂",
                "document": ["b": 1, "a": [:]], "array": [1, nil, ["x", []]], "true": true, "false": false, "null": nil,
                "int32": .int32(.min), "int64": .int64(.max), "small": .int64(1), "decimal": try decimal("-1.50E+10"),
                "least": .minKey, "greatest": .maxKey,
                "timestamp": .timestamp(BSONTimestamp(seconds: .max, increment: 7)),
                "empty": "",
            ])
        }
        Operation(
            """
            c.insert_one({
                '_id': 2, 'bytes': b'\\0\\xff\\x10', 'none': b'', 'own': Binary(b'ab', 128), 'md5': Binary(bytes(16), 5),
                'function': Binary(b'f', 1), 'old': Binary(b'old', 2), 'oldUUID': Binary(bytes(range(16)), 3),
                'uuid': uuid.UUID('00112233-4455-6677-8899-aabbccddeeff'),
            })
            """
        ) {
            try await $0.insertOne([
                "_id": 2, "bytes": .binary(BSONBinary([0, 255, 16])), "none": .binary(BSONBinary([])),
                "own": .binary(BSONBinary([97, 98], subtype: 128)),
                "md5": .binary(BSONBinary([UInt8](repeating: 0, count: 16), subtype: 5)),
                "function": .binary(BSONBinary([102], subtype: 1)),
                "old": .binary(BSONBinary([UInt8]("old".utf8), subtype: 2)),
                "oldUUID": .binary(BSONBinary([UInt8](0..<16), subtype: 3)),
                "uuid": .binary(BSONBinary((0..<16).map { UInt8($0 * 0x11) }, subtype: 4)),
            ])
        }
        Operation(
            """
            c.insert_one({
                '_id': 3, 'date': datetime.datetime(2023, 11, 14, 22, 13, 20, 250_000), 'first': DatetimeMS(0),
                'before': datetime.datetime(1811, 7, 23, 15, 6, 40, 1_000), 'far': DatetimeMS(253_402_300_800_000),
                'regex': Regex('^a/"', 'mi'), 'plain': Regex('b'), 'code': Code('f()'),
                'scoped': Code('f(x)', {'x': 1, 'y': {}}),
            })
            """
        ) {
            try await $0.insertOne([
                "_id": 3, "date": .date(Date(timeIntervalSince1970: 1_700_000_000.25)),
                "first": .date(Date(timeIntervalSince1970: 0)),
                "before": .date(Date(timeIntervalSince1970: -4_999_999_999.999)),
                "far": .date(Date(timeIntervalSince1970: 253_402_300_800)),
                "regex": .regex(BSONRegex("^a/\"", options: "mi")), "plain": .regex(BSONRegex("b")),
                "code": .javaScript("f()"), "scoped": .javaScriptWithScope("f(x)", ["x": 1, "y": [:]]),
            ])
        }
        // The driver for Python has no types for a symbol, undefined and a pointer.
        Operation(
            """
            c.bulk_write([InsertOne(RawBSONDocument(bytes.fromhex(
                '35000000' '025f696400040000006f6c6400' '0e730004000000' '73796d00' '067500'
                '0c70000200000063' '00' '507f1f77bcf86cd799439011' '00')))])
            """
        ) {
            try await $0.bulkWrite([
                .insertOne([
                    "_id": "old", "s": .symbol("sym"), "u": .undefined,
                    "p": .dbPointer(collection: "c", id: try id("507f1f77bcf86cd799439011")),
                ])
            ])
        }
        Operation("c.find_one({'_id': 'old'})", difference: "it reads a symbol as text, undefined as null") {
            try await $0.findOne(["_id": "old"])
        }
        Operation("c.find({'_id': {'$ne': 'old'}}, sort={'_id': 1})") {
            $0.find(["_id": ["$ne": "old"]], sort: ["_id": 1])
        }
        Operation(
            "c.aggregate([{'$match': {'_id': 'old'}}, {'$project': {'s': {'$type': '$s'}, 'u': {'$type': '$u'}}}])"
        ) {
            $0.aggregate([["$match": ["_id": "old"]], ["$project": ["s": ["$type": "$s"], "u": ["$type": "$u"]]]])
        }
        Operation("c.find({'uuid': uuid.UUID('00112233-4455-6677-8899-aabbccddeeff')}, {'uuid': 1})") {
            let uuid = try #require(UUID(uuidString: "00112233-4455-6677-8899-aabbccddeeff"))
            return $0.find(["uuid": try BSONEncoder().encode(["v": uuid])["v"] ?? nil], projection: ["uuid": 1])
        }
        Operation("c.find({'date': {'$lt': datetime.datetime(2024, 1, 1)}}, {'date': 1})") {
            $0.find(["date": ["$lt": .date(Date(timeIntervalSince1970: 1_704_067_200))]], projection: ["date": 1])
        }
        Operation("c.update_one({'_id': 4}, {'$set': {'t': Timestamp(0, 0)}}, upsert=True)") {
            try await $0.updateOne(
                ["_id": 4], ["$set": ["t": .timestamp(BSONTimestamp(seconds: 0, increment: 0))]], upsert: true)
        }
    }

    static let numbers = OperationTable("numbers") {
        Operation(
            """
            c.insert_one(json.loads('''{"_id": 1, "v": [0, -1, 2147483647, 2147483648, -2147483648, -2147483649,
                9223372036854775807, -9223372036854775808, 1.0, 1e3, 0.1, -0.0, 1e308, 5e-324, 1e-7, 123456789012345680.0]}'''))
            """
        ) {
            try await $0.insertOne(
                try json(
                    """
                    {"_id": 1, "v": [0, -1, 2147483647, 2147483648, -2147483648, -2147483649, 9223372036854775807, \
                    -9223372036854775808, 1.0, 1e3, 0.1, -0.0, 1e308, 5e-324, 1e-7, 123456789012345680.0]}
                    """))
        }
        Operation("c.insert_one(json.loads('{\"_id\": 2, \"v\": 9223372036854775808}'))") {
            try await $0.insertOne(try json(#"{"_id": 2, "v": 9223372036854775808}"#))
        }
        Operation("c.insert_many([{'_id': i, 'v': v} for i, v in enumerate([0, 1.0, 2**31 - 1, 2**63 - 1, 0.1], 3)])") {
            try await $0.insertMany([
                ["_id": 3, "v": 0], ["_id": 4, "v": 1.0], ["_id": 5, "v": 2_147_483_647],
                ["_id": 6, "v": 9_223_372_036_854_775_807], ["_id": 7, "v": 0.1],
            ])
        }
        Operation("c.update_many({'_id': {'$in': [3, 4, 5, 7]}}, {'$inc': {'v': 1}})") {
            try await $0.updateMany(["_id": ["$in": [3, 4, 5, 7]]], ["$inc": ["v": 1]])
        }
        Operation("c.update_one({'_id': 6}, {'$inc': {'v': 1}})") {
            try await $0.updateOne(["_id": 6], ["$inc": ["v": 1]])
        }
        Operation("c.update_one({'_id': 3}, {'$mul': {'v': Decimal128('0.10')}})") {
            try await $0.updateOne(["_id": 3], ["$mul": ["v": try decimal("0.10")]])
        }
        Operation(
            "c.insert_one({'_id': 8, 'v': [float('nan'), float('inf'), -float('inf'), 2.5e-8, 1e21, 100000.0, 1e16]})"
        ) {
            try await $0.insertOne(
                [
                    "_id": 8,
                    "v": [.double(.nan), .double(.infinity), .double(-.infinity), 2.5e-8, 1e21, 100000.0, 1e16],
                ])
        }
        let decimals =
            "c.insert_one({'_id': 9, 'v': [Decimal128(t) for t in "
            + "['NaN', '-Infinity', '-0', '0.10', '1E+6144', '1E-6176', '9' * 34]]})"
        Operation(decimals) {
            let texts = ["NaN", "-Infinity", "-0", "0.10", "1E+6144", "1E-6176", String(repeating: "9", count: 34)]
            return try await $0.insertOne(["_id": 9, "v": .array(try texts.map { try decimal($0) })])
        }
        Operation("c.find(sort={'_id': 1})") { $0.find(sort: ["_id": 1]) }
        Operation("c.find({'_id': 4.0})") { $0.find(["_id": 4.0]) }
        Operation("c.aggregate([{'$group': {'_id': {'$type': '$v'}, 'n': {'$sum': 1}}}, {'$sort': {'_id': 1}}])") {
            $0.aggregate([["$group": ["_id": ["$type": "$v"], "n": ["$sum": 1]]], ["$sort": ["_id": 1]]])
        }
        Operation("c.insert_one({'_id': 10, 'at': datetime.datetime(2020, 1, 1, 0, 0, 0, 1_400)})") {
            try await $0.insertOne(["_id": 10, "at": .date(Date(timeIntervalSince1970: 1_577_836_800.0014))])
        }
    }
}

private func id(_ text: String) throws -> ObjectID { try #require(ObjectID(text)) }

private func decimal(_ text: String) throws -> BSONValue { .decimal128(try #require(Decimal128(text))) }

/// Returns the document that a JSON object stands for, as in the body of a request.
private func json(_ text: String) throws -> BSONDocument {
    try BSONDocument(try #require(JSONValue(parsing: text).object))
}
