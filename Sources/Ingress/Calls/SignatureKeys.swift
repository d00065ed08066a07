internal import CCrypto

/// The keys that may sign requests.
///
/// OpenSSL checks the signatures, because libmongoc brings it into the process anyway.
package struct SignatureKeys: Sendable {
    private let keys: [SignatureKey]

    package init(_ keys: [SignatureKey]) {
        self.keys = keys
    }

    /// Returns whether one of the keys has signed the given bytes.
    func haveSigned(_ bytes: UnsafeRawBufferPointer, as signature: [UInt8]) -> Bool {
        keys.contains { unsafe Self.hasSigned($0, bytes, as: signature) }
    }

    /// Checks a signature with `EVP_DigestVerify`(3), which takes the whole message at once for Ed25519.
    private static func hasSigned(
        _ key: SignatureKey, _ bytes: UnsafeRawBufferPointer, as signature: [UInt8]
    ) -> Bool {
        // A check that fails adds its reasons to the thread's error queue.
        defer { ERR_clear_error() }
        let publicKey = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, key.bytes, key.bytes.count)
        defer { unsafe EVP_PKEY_free(publicKey) }
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        guard let publicKey = unsafe publicKey, let context = unsafe context,
            unsafe EVP_DigestVerifyInit(context, nil, nil, nil, publicKey) == 1
        else { return false }
        let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        return unsafe EVP_DigestVerify(context, signature, signature.count, start, bytes.count) == 1
    }
}
