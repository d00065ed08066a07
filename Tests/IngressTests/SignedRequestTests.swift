import Failures
import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Ingress

@Suite(.supervised) struct SignedRequestTests {
    private let signer = Signer()
    /// 2026-01-02T03:04:05Z
    private let now = Date(timeIntervalSince1970: 1_767_323_045)

    private func check(_ body: String, format: String = "%02x", scheme: String = "signature ") throws {
        let authorization = signer.authorization(body, format: format).replacing("signature ", with: scheme)
        try SignedRequest(body: ByteBuffer(string: body), authorization: authorization)
            .check(SignatureKeys(SignatureKey.keys(pem: signer.pem)), now: now)
    }

    @Test(arguments: [
        "2026-01-02T03:04:05Z", "2026-01-02T03:04:05+00:00", "2026-01-02T03:04:05.999999+00:00",
        "2026-01-02T04:04:05+01:00",
        "2026-01-01T22:04:05-0500", "2026-01-02T03:04Z", "2026-01-02 03:04:05Z",
        // A minute in either direction is close enough.
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
        let error = #expect(throws: Failure.self) { try check(#"{"created_on":"\#(text)"}"#) }
        #expect(error?.code == .unauthorized)
    }

    @Test func theLastOfRepeatedDatesCounts() throws {
        try check(#"{"created_on":1,"created_on":"2026-01-02T03:04:05Z"}"#)
        #expect(throws: Failure.self) { try check(#"{"created_on":"2026-01-02T03:04:05Z","created_on":1}"#) }
    }

    @Test func digitsMayBeCapitals() throws {
        try check(#"{"created_on":"2026-01-02T03:04:05Z"}"#, format: "%02X")
        #expect(throws: Failure.self) {
            try check(#"{"created_on":"2026-01-02T03:04:05Z"}"#, scheme: "Signature ")
        }
    }

    @Test func whitespaceAroundKeysIsNothing() throws {
        _ = try SignatureKey.keys(pem: " \n\(signer.pem)\n , \(signer.pem.replacing("\n", with: "\r\n"))\n")
    }

    @Test(arguments: ["", ",", "nonsense", "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----"])
    func textsThatAreNoKeysAreRefused(text: String) {
        #expect(throws: SignatureKeyProblem(number: 1)) { try SignatureKey.keys(pem: text) }
    }

    @Test func theKeyThatIsNoneIsNamed() {
        // A key of another kind, for the curve P-256.
        let other = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEgwN0bDZGaM4VhnB0zmYZ/pDNKqj7
            OoHtwFg6s1DfCZG0yDLvAIMiWqsmqCW4Kqq+k+nM/Wu4j2fFs2FVywxJJQ==
            -----END PUBLIC KEY-----
            """
        #expect(throws: SignatureKeyProblem(number: 2)) { try SignatureKey.keys(pem: "\(signer.pem),\(other)") }
    }

    @Test func signaturesOfOtherBytesKeysAndLengthsAreRefused() throws {
        let body = #"{"created_on":"2026-01-02T03:04:05Z"}"#
        let right = signer.authorization(body)
        let keys = SignatureKeys(try SignatureKey.keys(pem: signer.pem))
        for wrong in [
            Signer().authorization(body), signer.authorization(body + " "), String(right.dropLast(2)), right + "00",
            "signature 00",
        ] {
            let request = SignedRequest(body: ByteBuffer(string: body), authorization: wrong)
            #expect(throws: Failure.self) { try request.check(keys, now: now) }
        }
        // It is enough that one of several keys matches.
        let all = SignatureKeys(try SignatureKey.keys(pem: "\(Signer().pem),\(signer.pem)"))
        try SignedRequest(body: ByteBuffer(string: body), authorization: right).check(all, now: now)
    }
}
