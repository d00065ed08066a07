import CMongoC
import Documents

/// Documents as libmongoc takes a list of them; freed with this object.
@safe final class BSONList {
    private let list: UnsafeMutablePointer<OpaquePointer?>
    private(set) var count = 0

    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument` that names the document which has no BSON form.
    init(_ documents: [BSONDocument]) throws(DocumentStoreError) {
        unsafe list = .allocate(capacity: documents.count)
        for document in documents {
            do throws(BSONBytesError) {
                let bytes = try document.bsonBytes
                unsafe (list + count).initialize(to: bson_new_from_data(bytes, bytes.count))
            } catch {
                throw DocumentStoreError(.invalidDocument, "Document \(count): \(error)")
            }
            count += 1
        }
    }

    /// The documents, as long as this object lives.
    var pointers: UnsafeMutablePointer<OpaquePointer?> { unsafe list }

    deinit {
        for index in 0..<count { unsafe bson_destroy(list[index]) }
        unsafe list.deallocate()
    }
}
