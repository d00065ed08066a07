import CCrypto
import Foundation

/// A signer of requests, with an Ed25519 key.
package struct Signer {
    /// The seed of the key, 32 bytes.
    private let seed: [UInt8]

    package init() {
        var generator = SystemRandomNumberGenerator()
        seed = (0..<32).map { _ in .random(in: .min ... .max, using: &generator) }
    }

    /// The public key as `CBC_SIGNATURE_PUBLIC_KEYS` takes it.
    package var pem: String {
        withKey { key in
            var count = 32
            var bytes = [UInt8](repeating: 0, count: count)
            precondition(EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1, "OpenSSL gives the key")
            let der = Data([0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00] + bytes)
            return "-----BEGIN PUBLIC KEY-----\n\(der.base64EncodedString())\n-----END PUBLIC KEY-----\n"
        }
    }

    /// Returns the signature of some bytes, which has 64 bytes.
    package func signature(of message: [UInt8]) -> [UInt8] {
        withKey { key in
            let context = EVP_MD_CTX_new()
            defer { EVP_MD_CTX_free(context) }
            var count = 64
            var bytes = [UInt8](repeating: 0, count: count)
            precondition(
                EVP_DigestSignInit(context, nil, nil, nil, key) == 1
                    && EVP_DigestSign(context, &bytes, &count, message, message.count) == 1, "OpenSSL signs")
            return bytes
        }
    }

    /// Returns the `Authorization` header for a body.
    ///
    /// - Parameter format: the format of each byte of the signature.
    package func authorization(_ body: String, format: String = "%02x") -> String {
        "signature " + signature(of: Array(body.utf8)).map { String(format: format, $0) }.joined()
    }

    private func withKey<Result>(_ body: (OpaquePointer?) -> Result) -> Result {
        let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        defer { EVP_PKEY_free(key) }
        return body(key)
    }
}
