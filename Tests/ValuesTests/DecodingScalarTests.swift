import Foundation
import TestSupport
import Testing
import Values

@Suite(.supervised) struct DecodingScalarTests {
    private func decode<T: Decodable>(_ value: JSONValue, as type: T.Type = T.self) throws -> T {
        try ValueDecoder().decode(type, from: value)
    }

    @Test func integralNumbersDecodeAsIntegers() throws {
        #expect(try decode(1.0) == 1)
        #expect(try decode(-0.0) == 0)
        #expect(try decode(255.0) == UInt8.max)
        #expect(try decode(.double(1e19)) == UInt64(10_000_000_000_000_000_000))
        #expect(try decode(.bigInteger("18446744073709551615")) == UInt64.max)
        #expect(try decode(.bigInteger("340282366920938463463374607431768211455")) == UInt128.max)
        #expect(try decode([1.0, 2, 3.0]) == [1, 2, 3])
    }

    @Test func anyNumberDecodesAsAFloatingPointNumber() throws {
        #expect(try decode(3) == 3.0)
        #expect(try decode(.bigInteger("100000000000000000000")) == 1e20)
        #expect(try decode(0.1) == Float(0.1))
        #expect(try decode(7) == Float(7))
    }

    @Test func decimalsDecodeFromNumbersAndText() throws {
        #expect(try decode(0.1) == Decimal(string: "0.1"))
        #expect(try decode(12) == Decimal(12))
        #expect(try decode("0.12345678901234567890123") == Decimal(string: "0.12345678901234567890123"))
        #expect(
            try decode(.bigInteger("123456789012345678901234567890"))
                == Decimal(string: "123456789012345678901234567890"))
    }

    static let dates: [(text: String, seconds: Double)] = [
        ("1970-01-01", 0), ("1970-01-01T00:00:00Z", 0), ("2026-01-02T03:04:05Z", 1_767_323_045),
        ("2026-01-02T03:04:05.25Z", 1_767_323_045.25), ("2026-01-02T03:04:05.250000000000000000001Z", 1_767_323_045.25),
        ("2026-01-02T05:04:05+02:00", 1_767_323_045), ("2026-01-01T21:34:05-0530", 1_767_323_045),
        ("2026-01-02T04:04:05+01", 1_767_323_045), ("2026-01-02T03:04Z", 1_767_323_040), ("2024-02-29", 1_709_164_800),
        ("2000-02-29t00:00:00z", 951_782_400), ("1900-03-01", -2_203_891_200), ("0000-01-01", -62_167_219_200),
        ("9999-12-31T23:59:59Z", 253_402_300_799), ("1969-12-31T23:59:59.5Z", -0.5),
    ]

    @Test(arguments: dates) func datesDecodeFromISO8601Text(text: String, seconds: Double) throws {
        let date = Date(timeIntervalSince1970: seconds)
        #expect(abs(try decode(.string(text), as: Date.self).timeIntervalSince(date)) < 1e-6)
        let encoded = try ValueEncoder().encode(date)
        #expect(try decode(encoded, as: Date.self) == date)
    }

    /// Starts in 1583: before the Gregorian calendar, Foundation writes Julian dates, contrary to ISO 8601.
    @Test func datesAgreeWithFoundation() throws {
        let formatter = Date.ISO8601FormatStyle()
        for day in stride(from: -141_000, to: 2_900_000, by: 997) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 12_345)
            #expect(try ValueEncoder().encode(date) == .string(date.formatted(formatter)))
        }
    }

    @Test func datesAreRoundedToMilliseconds() throws {
        #expect(try ValueEncoder().encode(Date(timeIntervalSince1970: 0.9996)) == "1970-01-01T00:00:01Z")
        #expect(try ValueEncoder().encode(Date(timeIntervalSince1970: -0.001)) == "1969-12-31T23:59:59.999Z")
    }

    static let refusedDates = [
        "", "2026", "2026-13-01", "2026-02-29", "2026-00-01", "2026-01-32", "2026-01-02T03:04:05",
        "2026-01-02T24:00:00Z",
        "2026-01-02T03:60:00Z", "2026-01-02T03:04:60Z", "2026-01-02T03:04:05.Z", "2026-01-02 03:04:05Z", "2026-1-2",
        "2026-01-02T03:04:05ZZ", "2026-01-02T03:04:05+1", "2026-01-02T03:04:05+25:00", "2026-01-02x", "２026-01-02",
    ]

    @Test(arguments: refusedDates) func otherTextIsNoDate(text: String) {
        let error = #expect(throws: DecodingError.self) { try decode(.string(text), as: Date.self) }
        #expect(
            error?.valueMessage.hasPrefix("expected a date such as 2026-01-02T03:04:05Z (Date), found text \"") == true)
    }

    @Test func nothingElseIsCoerced() {
        #expect(throws: DecodingError.self) { try decode("1", as: Int.self) }
        #expect(throws: DecodingError.self) { try decode(1.5, as: Int.self) }
        #expect(throws: DecodingError.self) { try decode(1, as: Bool.self) }
        #expect(throws: DecodingError.self) { try decode(1, as: String.self) }
        #expect(throws: DecodingError.self) { try decode("1.5", as: Double.self) }
        #expect(throws: DecodingError.self) { try decode(true, as: Int.self) }
        #expect(throws: DecodingError.self) { try decode(5, as: Date.self) }
        #expect(throws: DecodingError.self) { try decode("12abc", as: Decimal.self) }
        #expect(throws: DecodingError.self) { try decode("not base64!", as: Data.self) }
        #expect(throws: DecodingError.self) { try decode("x", as: UUID.self) }
        #expect(throws: DecodingError.self) { try decode("", as: URL.self) }
        #expect(throws: DecodingError.self) { try decode([:], as: [Int].self) }
        #expect(throws: DecodingError.self) { try decode([], as: JSONObject.self) }
        #expect(throws: DecodingError.self) { try decode(1e300, as: Float.self) }
        #expect(throws: DecodingError.self) {
            try decode(.bigInteger(String(repeating: "9", count: 400)), as: Double.self)
        }
    }
}
