import Crypto
import Foundation

/// Checks an Ed25519 signature; what the ingress loads this library for, in production mode.
///
/// - Parameters:
///   - key: the public key, 32 bytes.
///   - signature: `signatureCount` bytes.
///   - message: `messageCount` bytes that the signature is of.
@c(request_signature_is_valid)
public func isValid(
    _ key: UnsafePointer<UInt8>, _ signature: UnsafePointer<UInt8>, _ signatureCount: Int,
    _ message: UnsafePointer<UInt8>, _ messageCount: Int
) -> Bool {
    let key = try? unsafe Curve25519.Signing.PublicKey(
        rawRepresentation: UnsafeBufferPointer(start: key, count: 32))
    return unsafe key?.isValidSignature(
        UnsafeBufferPointer(start: signature, count: signatureCount),
        for: UnsafeBufferPointer(start: message, count: messageCount)) ?? false
}
