import Crypto
import Foundation
import Values

/// Somebody who signs requests.
struct Signer {
    private let key = Curve25519.Signing.PrivateKey()

    /// The public key as `CBC_SIGNATURE_PUBLIC_KEYS` takes it.
    var pem: String {
        let der = Data([0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00])
        return "-----BEGIN PUBLIC KEY-----\n\((der + key.publicKey.rawRepresentation).base64EncodedString())\n"
            + "-----END PUBLIC KEY-----\n"
    }

    /// The `Authorization` header for a body.
    func authorization(_ body: String) throws -> String {
        let signature = try key.signature(for: Data(body.utf8))
        return "signature " + signature.map { String(format: "%02x", $0) }.joined()
    }

    /// Sends a signed `POST /`.
    func post(_ body: String, to workspace: RunningWorkspace) throws -> HTTPExchange.Answer {
        try workspace.post(
            body, headers: [("Content-Type", "application/json"), ("Authorization", authorization(body))])
    }

    /// A call's body.
    ///
    /// - Parameters:
    ///   - age: how many seconds ago it was created.
    ///   - members: further members, JSON.
    static func body(_ name: String = "pure.hello", age: TimeInterval = 0, _ members: String = "") -> String {
        #"{"name":"\#(name)","created_on":"\#(text(Date(timeIntervalSinceNow: -age)))"\#(members)}"#
    }

    /// A date with offset from UTC.
    static func text(_ date: Date) -> String {
        date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .colon))
    }
}
