import CMongoC
import Documents

/// The memory for one of libbson's documents, which is freed with this value.
///
/// Swift sees `bson_t` as an opaque type, because its alignment is stricter than Swift's own.
@safe struct BSONPlace: ~Copyable {
    private let memory: UnsafeMutableRawPointer
    /// The document, as libmongoc takes it.
    var pointer: OpaquePointer { unsafe OpaquePointer(memory) }

    /// The size and the alignment of `bson_t`, which are part of libbson's binary interface.
    private static let size = 128

    /// Creates a place for an empty document, which libmongoc may fill in.
    init() {
        unsafe memory = .allocate(byteCount: Self.size, alignment: Self.size)
        unsafe bson_init(OpaquePointer(memory))
    }

    /// Returns a copy of the document in this place.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument` for bytes that are not a document.
    func document() throws(DocumentStoreError) -> BSONDocument { try unsafe BSONDocument(copying: pointer) }

    deinit {
        unsafe bson_destroy(OpaquePointer(memory))
        unsafe memory.deallocate()
    }
}

extension BSONDocument {
    /// The size of the largest command in bytes: a document of 16 MB, and 16 KB for the command that contains it.
    ///
    /// Source: MongoDB's `BSONObjMaxInternalSize`.
    private static let largestCommand = (16 << 20) + (16 << 10)

    /// Lends the document to a function of libmongoc.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument` for a document that has no BSON form, and any
    ///   error that `body` throws.
    func withPointer<Value>(
        _ body: (OpaquePointer) throws(DocumentStoreError) -> Value
    ) throws(DocumentStoreError) -> Value {
        let bytes: [UInt8]
        do throws(BSONBytesError) { bytes = try commandBytes } catch {
            throw DocumentStoreError(.invalidDocument, error.description)
        }
        guard bytes.count <= Self.largestCommand else {
            throw DocumentStoreError(
                .invalidDocument,
                "It has \(bytes.count) bytes; MongoDB takes documents of 16 MB (16777216 bytes) at most")
        }
        let place = BSONPlace()
        return try unsafe bytes.withUnsafeBufferPointer { buffer throws(DocumentStoreError) in
            guard unsafe bson_init_static(place.pointer, buffer.baseAddress, buffer.count) else {
                throw DocumentStoreError(.invalidDocument, "The document is too large for a message to MongoDB")
            }
            return try unsafe body(place.pointer)
        }
    }

    /// Creates a copy of one of libmongoc's documents.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument` for bytes that are not a document.
    init(copying bson: OpaquePointer) throws(DocumentStoreError) {
        guard let start = unsafe bson_get_data(bson) else {
            throw DocumentStoreError(.invalidDocument, "There is no document")
        }
        let count = unsafe Self.byteCount(of: bson)
        do throws(BSONBytesError) {
            self = try unsafe BSONDocument(bsonBytes: UnsafeRawBufferPointer(start: start, count: count))
        } catch {
            throw DocumentStoreError(.invalidDocument, error.description)
        }
    }

    /// Returns the number of bytes in one of libmongoc's documents, which is the document's first field.
    static func byteCount(of bson: OpaquePointer) -> Int {
        guard let start = unsafe bson_get_data(bson) else { return 0 }
        return Int(unsafe UnsafeRawPointer(start).loadUnaligned(as: Int32.self).littleEndian)
    }
}
