import FoundationEssentials

/// The Ed25519 public key of a sender whose requests are accepted in production mode.
package struct SignatureKey: Equatable, Sendable {
    /// The 32 bytes of the key.
    let bytes: [UInt8]

    /// The bytes before the 32 bytes of the key in its DER form (RFC 8410, 4).
    private static let derPrefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

    /// Reads keys in PEM form.
    ///
    /// - Parameter text: one or more of `-----BEGIN PUBLIC KEY-----` … `-----END PUBLIC KEY-----`, with commas
    ///   between them.
    /// - Throws: ``SignatureKeyProblem``, which names the text that is not a key.
    package static func keys(pem text: String) throws(SignatureKeyProblem) -> [SignatureKey] {
        var keys: [SignatureKey] = []
        for (index, part) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            guard let key = SignatureKey(pem: part) else { throw SignatureKeyProblem(number: index + 1) }
            keys.append(key)
        }
        return keys
    }

    private init?(pem text: Substring) {
        let text = text.filter { !$0.isWhitespace }
        // These marks have no spaces, because all white space was removed.
        let (begin, end) = ("-----BEGINPUBLICKEY-----", "-----ENDPUBLICKEY-----")
        guard text.hasPrefix(begin), text.hasSuffix(end), text.count > begin.count + end.count,
            let der = Data(base64Encoded: String(text.dropFirst(begin.count).dropLast(end.count))),
            der.starts(with: Self.derPrefix), der.count == Self.derPrefix.count + 32
        else { return nil }
        bytes = Array(der.dropFirst(Self.derPrefix.count))
    }
}

/// An error for a text that is not an Ed25519 public key.
package struct SignatureKeyProblem: Error, Equatable, CustomStringConvertible {
    /// The number of the key, counted from 1.
    package let number: Int

    package var description: String {
        "Key \(number) is no Ed25519 public key in PEM form (-----BEGIN PUBLIC KEY----- … -----END PUBLIC KEY-----)"
    }
}
