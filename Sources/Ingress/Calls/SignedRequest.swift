import Failures
import FoundationEssentials
import Glibc
import NIOCore
import SystemSupport
import Values

/// The check that every request must pass in production mode before any part of its body is used.
struct SignedRequest {
    let body: ByteBuffer
    /// The `Authorization` header: the word `signature` and the hexadecimal digits of the signature.
    let authorization: String?
    /// The longest time between a request's creation and now, in either direction, in seconds.
    private static let longestAge = 60.0

    /// Checks that one of the keys has signed the body, and then that the body was created just now.
    ///
    /// - Throws: ``Failure`` with the code `unauthorized`.
    func check(_ keys: SignatureKeys, now: Date = Date()) throws(Failure) {
        guard let authorization else { throw Self.unauthorized("The request has no Authorization header") }
        guard let signature = Self.signature(authorization) else {
            throw Self.unauthorized("The Authorization header is not the word 'signature' and hexadecimal digits")
        }
        let isSigned = unsafe body.withUnsafeReadableBytes { bytes in
            unsafe keys.haveSigned(bytes, as: signature)
        }
        guard isSigned else {
            throw Self.unauthorized("The signature is not of this body under any of the keys")
        }
        guard let text = createdOn, let created = Self.date(text) else {
            throw Self.unauthorized("The body has no 'created_on' with an ISO 8601 date and time")
        }
        let age = now.timeIntervalSince(created)
        guard abs(age) <= Self.longestAge else {
            let seconds = age.magnitude < 1e9 ? "\(Int(age.magnitude.rounded(.up))) seconds" : "Years"
            throw Self.unauthorized("\(seconds) lie between 'created_on' and now, more than \(Int(Self.longestAge))")
        }
    }

    private static func signature(_ header: String) -> [UInt8]? {
        let scheme = "signature "
        guard header.hasPrefix(scheme) else { return nil }
        let digits = Array(header.utf8.dropFirst(scheme.utf8.count))
        guard !digits.isEmpty, digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Hexadecimal.value(digits[index]),
                let low = Hexadecimal.value(digits[index + 1])
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private var createdOn: String? {
        var found: Range<Int>?
        let kind = try? JSONObjectScanner.scan(body.readableBytesUInt8Span) {
            (key, range, _) throws(JSONParsingError) in
            if key.isEqual(to: "created_on") { found = range }
        }
        guard kind == .object, let found else { return nil }
        return (try? JSONValue(parsing: body.readableBytesUInt8Span.extracting(found)))?.string
    }

    /// Returns the date of an ISO 8601 text. A text without an offset from UTC is local time, as in the Python
    /// reference.
    private static func date(_ text: String) -> Date? {
        // Python writes a space in place of the standard's T.
        let text =
            text.utf8.dropFirst(10).first == UInt8(ascii: " ")
            ? text.replacing(" ", with: "T", maxReplacements: 1) : text
        guard let parsed = ISO8601.parse(text) else { return nil }
        if let offset = parsed.offset { return Date(timeIntervalSince1970: parsed.seconds - Double(offset)) }
        let whole = parsed.seconds.rounded(.down)
        var fields = unsafe tm()
        var seconds = time_t(whole)
        guard unsafe gmtime_r(&seconds, &fields) != nil else { return nil }
        unsafe fields.tm_isdst = -1
        return unsafe Date(timeIntervalSince1970: Double(mktime(&fields)) + parsed.seconds - whole)
    }

    private static func unauthorized(_ message: String) -> Failure {
        Failure(
            .unauthorized, message,
            remedy:
                "Sign the body with Ed25519 and send Authorization: signature <hexadecimal digits>; put the date and "
                + "time of now into its 'created_on'.")
    }
}
