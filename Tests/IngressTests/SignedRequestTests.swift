import Crypto
import Foundation
import InvocationProtocol
import NIOCore
import Testing

@testable import Ingress

@Suite struct SignedRequestTests {
    private let key = Curve25519.Signing.PrivateKey()
    /// 2026-01-02T03:04:05Z
    private let now = Date(timeIntervalSince1970: 1_767_323_045)

    /// Scripts/build-tests has built it.
    private static let library = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".build/debug/libRequestSignatures.so").path()

    private var pem: String {
        let der = Data([0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00])
        return "-----BEGIN PUBLIC KEY-----\n\((der + key.publicKey.rawRepresentation).base64EncodedString())\n"
            + "-----END PUBLIC KEY-----"
    }

    private func check(_ body: String, format: String = "%02x", scheme: String = "signature ") throws {
        let signature = try key.signature(for: Data(body.utf8)).map { String(format: format, $0) }.joined()
        try SignedRequest(body: ByteBuffer(string: body), authorization: scheme + signature)
            .check(SignatureKeys(SignatureKey.keys(pem: pem), library: Self.library), now: now)
    }

    @Test(arguments: [
        "2026-01-02T03:04:05Z", "2026-01-02T03:04:05+00:00", "2026-01-02T03:04:05.999999+00:00",
        "2026-01-02T04:04:05+01:00",
        "2026-01-01T22:04:05-0500", "2026-01-02T03:04Z", "2026-01-02 03:04:05Z",
        // A minute to either side is near enough.
        "2026-01-02T03:03:05Z", "2026-01-02T03:05:05Z",
    ])
    func datesOfNowAreTaken(text: String) throws {
        try check(#"{"created_on":"\#(text)"}"#)
    }

    @Test(arguments: [
        "2026-01-02T03:03:04.999Z", "2026-01-02T03:05:05.001Z", "2025-01-02T03:04:05Z", "9999-01-02T03:04:05Z",
        "2026-01-02",
        "03:04:05Z", "", "now",
    ])
    func otherDatesAreNot(text: String) {
        let error = #expect(throws: InvocationFailure.self) { try check(#"{"created_on":"\#(text)"}"#) }
        #expect(error?.code == .unauthorized)
    }

    @Test func theLastOfRepeatedDatesCounts() throws {
        try check(#"{"created_on":1,"created_on":"2026-01-02T03:04:05Z"}"#)
        #expect(throws: InvocationFailure.self) { try check(#"{"created_on":"2026-01-02T03:04:05Z","created_on":1}"#) }
    }

    @Test func digitsMayBeCapitals() throws {
        try check(#"{"created_on":"2026-01-02T03:04:05Z"}"#, format: "%02X")
        #expect(throws: InvocationFailure.self) {
            try check(#"{"created_on":"2026-01-02T03:04:05Z"}"#, scheme: "Signature ")
        }
    }

    @Test func whitespaceAroundKeysIsNothing() throws {
        _ = try SignatureKey.keys(pem: " \n\(pem)\n , \(pem.replacing("\n", with: "\r\n"))\n")
    }

    @Test(arguments: ["", ",", "nonsense", "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----"])
    func textsThatAreNoKeysAreRefused(text: String) {
        #expect(throws: SignatureKeyProblem(number: 1)) { try SignatureKey.keys(pem: text) }
    }

    @Test func theKeyThatIsNoneIsNamed() {
        // A key for another purpose, on the curve P-256.
        let other = P256.Signing.PrivateKey().publicKey.pemRepresentation
        #expect(throws: SignatureKeyProblem(number: 2)) { try SignatureKey.keys(pem: "\(pem),\(other)") }
    }
}
