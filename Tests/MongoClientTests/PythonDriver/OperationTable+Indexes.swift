import Documents

extension OperationTable {
    static let indexes = OperationTable("indexes") {
        Operation("indexes(c.list_indexes())") { try await $0.listIndexes() }
        Operation("c.drop_index('k_1')") {
            try await $0.dropIndex("k_1")
            return BSONValue.null
        }
        Operation("c.drop_indexes()") {
            try await $0.dropIndexes()
            return BSONValue.null
        }
        Operation("c.create_index('k')") { try await $0.createIndex(DocumentIndex(["k": 1])) }
        Operation("c.create_index('k')") { try await $0.createIndex(DocumentIndex(["k": 1])) }
        Operation("c.create_index([('author', 1), ('createdOn', -1)])") {
            try await $0.createIndex(DocumentIndex(["author": 1, "createdOn": -1]))
        }
        Operation("c.create_index({'mail': 1}, unique=True, sparse=True, name='mails')") {
            try await $0.createIndex(DocumentIndex(["mail": 1], name: "mails", isUnique: true, isSparse: true))
        }
        Operation("c.create_index('at', expireAfterSeconds=3600)") {
            try await $0.createIndex(DocumentIndex(["at": 1], expireAfterSeconds: 3600))
        }
        Operation("c.create_index('p', unique=True, partialFilterExpression={'p': {'$gt': 5}})") {
            try await $0.createIndex(DocumentIndex(["p": 1], isUnique: true, partialFilter: ["p": ["$gt": 5]]))
        }
        Operation("c.create_index([('title', 'text'), ('n', 1)])") {
            try await $0.createIndex(DocumentIndex(["title": "text", "n": 1]))
        }
        Operation("c.create_index('c', collation={'locale': 'de', 'strength': 2})") {
            try await $0.createIndex(DocumentIndex(["c": 1], collation: ["locale": "de", "strength": 2]))
        }
        Operation("c.create_index([('place', '2dsphere')])") {
            try await $0.createIndex(DocumentIndex(["place": "2dsphere"]))
        }
        Operation("c.create_index({'h.i': 'hashed'})") { try await $0.createIndex(DocumentIndex(["h.i": "hashed"])) }
        Operation("c.create_index({'w.$**': 1})") { try await $0.createIndex(DocumentIndex(["w.$**": 1])) }
        Operation("c.create_index({'long': Int64(-1)})") {
            try await $0.createIndex(DocumentIndex(["long": .int64(-1)]))
        }
        Operation("c.create_indexes([IndexModel('x'), IndexModel([('y', -1)], name='why'), IndexModel('k')])") {
            try await $0.createIndexes([
                DocumentIndex(["x": 1]), DocumentIndex(["y": -1], name: "why"), DocumentIndex(["k": 1]),
            ])
        }
        Operation("indexes(c.list_indexes())") { try await $0.listIndexes() }
        Operation("c.insert_many([{'_id': 1, 'mail': 'a'}, {'_id': 2}, {'_id': 3}, {'_id': 4, 'mail': 'a'}])") {
            try await $0.insertMany([["_id": 1, "mail": "a"], ["_id": 2], ["_id": 3], ["_id": 4, "mail": "a"]])
        }
        let unordered =
            "c.insert_many([{'_id': 5, 'p': 5}, {'_id': 6, 'p': 5}, {'_id': 7, 'p': 6}, "
            + "{'_id': 8, 'p': 6}], ordered=False)"
        Operation(unordered) {
            try await $0.insertMany(
                [["_id": 5, "p": 5], ["_id": 6, "p": 5], ["_id": 7, "p": 6], ["_id": 8, "p": 6]], ordered: false)
        }
        Operation("c.update_one({'_id': 2}, {'$set': {'mail': 'a'}})") {
            try await $0.updateOne(["_id": 2], ["$set": ["mail": "a"]])
        }
        Operation("c.replace_one({'_id': 2}, {'mail': 'a'})") { try await $0.replaceOne(["_id": 2], ["mail": "a"]) }
        Operation("c.find_one_and_update({'_id': 2}, {'$set': {'mail': 'a'}})") {
            try await $0.findOneAndUpdate(["_id": 2], ["$set": ["mail": "a"]])
        }
        Operation("c.find({'mail': 'a'}, hint='mails')") { $0.find(["mail": "a"], hint: "mails") }
        Operation("c.find({'p': {'$gt': 5}}, hint={'p': 1})") { $0.find(["p": ["$gt": 5]], hint: ["p": 1]) }
        Operation("c.find({'$text': {'$search': 'word', '$language': 'none'}, 'n': {'$gt': 1}})") {
            $0.find(["$text": ["$search": "word", "$language": "none"], "n": ["$gt": 1]])
        }
        // Refused operations
        Operation("c.create_index('k', unique=True)") {
            try await $0.createIndex(DocumentIndex(["k": 1], isUnique: true))
        }
        Operation("c.create_index('k', name='other')") {
            try await $0.createIndex(DocumentIndex(["k": 1], name: "other"))
        }
        Operation("c.create_index('n', name='mails')") {
            try await $0.createIndex(DocumentIndex(["n": 1], name: "mails"))
        }
        Operation("c.create_index('p', name='all', unique=True)") {
            try await $0.createIndex(DocumentIndex(["p": 1], name: "all", isUnique: true))
        }
        Operation("c.create_index({'k': 'bogus'})") { try await $0.createIndex(DocumentIndex(["k": "bogus"])) }
        Operation("c.create_index({'k': 0})") { try await $0.createIndex(DocumentIndex(["k": 0])) }
        Operation("c.create_index('')") { try await $0.createIndex(DocumentIndex(["": 1])) }
        Operation("c.create_index('at', name='x', expireAfterSeconds=-5)") {
            try await $0.createIndex(DocumentIndex(["at": 1], name: "x", expireAfterSeconds: -5))
        }
        Operation("c.create_index({})", difference: "it leaves it to the server to refuse that") {
            try await $0.createIndex(DocumentIndex([:]))
        }
        Operation("c.create_indexes([])") { try await $0.createIndexes([]) }
        Operation("c.drop_index('no_such')") {
            try await $0.dropIndex("no_such")
            return BSONValue.null
        }
        Operation("c.drop_index('_id_')") {
            try await $0.dropIndex("_id_")
            return BSONValue.null
        }
        Operation("c.drop_index('mails')") {
            try await $0.dropIndex("mails")
            return BSONValue.null
        }
        Operation("c.drop_indexes()") {
            try await $0.dropIndexes()
            return BSONValue.null
        }
        Operation("indexes(c.list_indexes())") { try await $0.listIndexes() }
    }
}
