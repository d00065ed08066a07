import FoundationEssentials

extension BSONBinary {
    private static let uuidSubtype: UInt8 = 4

    init(_ uuid: UUID) {
        self.init(unsafe withUnsafeBytes(of: uuid.uuid) { unsafe [UInt8]($0) }, subtype: Self.uuidSubtype)
    }

    /// The UUID that the bytes are; nil for other bytes.
    var uuid: UUID? {
        guard subtype == Self.uuidSubtype, bytes.count == 16 else { return nil }
        return unsafe bytes.withUnsafeBytes { unsafe UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    /// The UUID's text, or base64 text of other bytes, whose subtype it does not tell.
    var text: String { uuid?.uuidString ?? Data(bytes).base64EncodedString() }

    /// The bytes that such a text means; no text means both a UUID and other bytes.
    init?(text: String) {
        if let uuid = UUID(uuidString: text) {
            self.init(uuid)
        } else if let data = Data(base64Encoded: text) {
            self.init([UInt8](data))
        } else {
            return nil
        }
    }
}
