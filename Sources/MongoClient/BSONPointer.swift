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
    /// Lends the document to a function of libmongoc.
    ///
    /// - Throws: ``DocumentStoreError`` of the kind `invalidDocument` for a document that has no BSON form, and what `body` throws.
    func withPointer<Value>(
        _ body: (OpaquePointer) throws(DocumentStoreError) -> Value
    ) throws(DocumentStoreError) -> Value {
        let bytes: [UInt8]
        do throws(BSONBytesError) { bytes = try bsonBytes } catch {
            throw DocumentStoreError(.invalidDocument, error.description)
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
        // The length is the document's first field.
        let bytes = unsafe bson_get_data(bson).map { start in
            let length = unsafe UnsafeRawPointer(start).loadUnaligned(as: Int32.self).littleEndian
            return unsafe [UInt8](UnsafeBufferPointer(start: start, count: Int(length)))
        }
        do throws(BSONBytesError) { self = try BSONDocument(bsonBytes: bytes ?? []) } catch {
            throw DocumentStoreError(.invalidDocument, error.description)
        }
    }
}
