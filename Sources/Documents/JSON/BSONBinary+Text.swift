import FoundationEssentials

extension BSONBinary {
    private static let uuidSubtype: UInt8 = 4

    init(_ uuid: UUID) {
        self.init(unsafe withUnsafeBytes(of: uuid.uuid) { unsafe [UInt8]($0) }, subtype: Self.uuidSubtype)
    }

    /// The UUID that the bytes form, or nil for other bytes.
    var uuid: UUID? {
        guard subtype == Self.uuidSubtype, bytes.count == 16 else { return nil }
        return unsafe bytes.withUnsafeBytes { unsafe UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    /// The UUID as text, or other bytes as base64 text, which does not show the subtype.
    var text: String { uuid?.uuidString ?? Data(bytes).base64EncodedString() }

    /// Creates bytes from the text of a UUID or from base64 text. No text is both.
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
