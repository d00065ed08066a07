import CMongoC
import Documents

/// Memory for one of libbson's documents, freed with this value.
///
/// Swift sees `bson_t` as an opaque type, because it is aligned more strictly than Swift's own.
@safe struct BSONPlace: ~Copyable {
    private let memory: UnsafeMutableRawPointer
    /// The document, as libmongoc takes it.
    var pointer: OpaquePointer { unsafe OpaquePointer(memory) }

    /// Size and alignment of `bson_t`, which are part of libbson's binary interface.
    private static let size = 128

    /// A place for an empty document, which libmongoc may fill in.
    init() {
        unsafe memory = .allocate(byteCount: Self.size, alignment: Self.size)
        unsafe bson_init(OpaquePointer(memory))
    }

    /// A copy of what it holds.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument` for bytes that are no document.
    func document() throws(DocumentStoreError) -> BSONDocument { try unsafe BSONDocument(copying: pointer) }

    deinit {
        unsafe bson_destroy(OpaquePointer(memory))
        unsafe memory.deallocate()
    }
}

extension BSONDocument {
    /// Source: MongoDB's `BSONObjMaxInternalSize`: a document of 16 MB, and 16 KB for the command that it is in.
    private static let largestCommand = (16 << 20) + (16 << 10)

    /// Lends the document to a function of libmongoc.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument` for a document that has no BSON form, and what `body` throws.
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

    /// Copies a document of libmongoc's.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument` for bytes that are no document.
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

    /// How many bytes a document of libmongoc's has, which is its first field.
    static func byteCount(of bson: OpaquePointer) -> Int {
        guard let start = unsafe bson_get_data(bson) else { return 0 }
        return Int(unsafe UnsafeRawPointer(start).loadUnaligned(as: Int32.self).littleEndian)
    }
}
