import FoundationEssentials

/// Dates as ISO 8601 text in the proleptic Gregorian calendar, years 0000 to 9999.
package enum ISO8601 {
    private static let secondsPerDay = 86_400

    /// Returns the date as text in UTC, `2026-01-02T03:04:05Z`, with milliseconds (`05.250Z`) unless they are zero,
    /// or nil outside the years 0000 to 9999.
    static func text(_ date: Date) -> String? {
        let milliseconds = (date.timeIntervalSince1970 * 1_000).rounded()
        guard milliseconds >= Double(-62_167_219_200_000), milliseconds < Double(253_402_300_800_000) else {
            return nil
        }
        let (second, fraction) = floorDivision(Int(milliseconds), 1_000)
        let (day, secondOfDay) = floorDivision(second, secondsPerDay)
        let (year, month, dayOfMonth) = civil(day)
        var text = padded(year, 4) + "-" + padded(month, 2) + "-" + padded(dayOfMonth, 2) + "T"
        text += padded(secondOfDay / 3_600, 2) + ":" + padded(secondOfDay / 60 % 60, 2) + ":"
        text += padded(secondOfDay % 60, 2)
        if fraction > 0 { text += "." + padded(fraction, 3) }
        return text + "Z"
    }

    /// Returns the date of a text such as `2026-01-02T03:04:05.25+01:00`, or of a day alone at midnight UTC. Returns
    /// nil for any other text.
    ///
    /// The seconds are optional. The offset from UTC, or `Z`, is required.
    static func date(_ text: String) -> Date? {
        guard let parsed = parse(text) else { return nil }
        if !parsed.hasTime { return Date(timeIntervalSince1970: parsed.seconds) }
        return parsed.offset.map { Date(timeIntervalSince1970: parsed.seconds - Double($0)) }
    }

    /// Parses a text such as `2026-01-02T03:04:05.25+01:00`, whose seconds and offset are optional, or a day alone.
    ///
    /// - Returns: the time shown, in seconds since 1970 as if it were in UTC; whether the text contains more than a
    ///   day; and the offset from UTC in seconds east, nil if there is none. Nil for any other text.
    package static func parse(_ text: String) -> (seconds: Double, hasTime: Bool, offset: Int?)? {
        var reader = Reader(rest: text.utf8[...])
        guard let year = reader.number(4), case let hasDashes = reader.take("-"), let month = reader.number(2),
            reader.take("-") == hasDashes, let day = reader.number(2), 1...12 ~= month,
            1...daysIn(month, of: year) ~= day
        else { return nil }
        var seconds = dayNumber(year, month, day) * secondsPerDay
        if reader.rest.isEmpty { return (Double(seconds), false, nil) }
        guard reader.take("T") || reader.take("t"), let hour = reader.number(2),
            case let hasColons = reader.take(":"), let minute = reader.number(2), hour < 24, minute < 60
        else { return nil }
        seconds += hour * 3_600 + minute * 60
        var fraction = 0.0
        if hasColons ? reader.take(":") : reader.rest.first.map({ $0 &- 0x30 < 10 }) ?? false {
            guard let second = reader.number(2), second < 60 else { return nil }
            seconds += second
            if reader.take(".") || reader.take(",") {
                guard let value = reader.fraction() else { return nil }
                fraction = value
            }
        }
        if reader.rest.isEmpty { return (Double(seconds) + fraction, true, nil) }
        guard let offset = reader.offset(), reader.rest.isEmpty else { return nil }
        return (Double(seconds) + fraction, true, offset)
    }

    /// A reader that consumes the parts of a text from its front.
    private struct Reader {
        var rest: Substring.UTF8View

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        /// Reads a number of exactly the given count of digits.
        mutating func number(_ digits: Int) -> Int? {
            var number = 0
            for _ in 0..<digits {
                guard let byte = rest.first, byte &- 0x30 < 10 else { return nil }
                number = number * 10 + Int(byte &- 0x30)
                rest.removeFirst()
            }
            return number
        }

        /// Reads a fraction of one or more digits. Digits beyond the 15th have no effect.
        mutating func fraction() -> Double? {
            var digits = 0.0
            var scale = 1.0
            guard let first = rest.first, first &- 0x30 < 10 else { return nil }
            while let byte = rest.first, byte &- 0x30 < 10 {
                if scale < 1e15 {
                    digits = digits * 10 + Double(byte &- 0x30)
                    scale *= 10
                }
                rest.removeFirst()
            }
            return digits / scale
        }

        /// Reads an offset in seconds east of UTC: `Z`, `+01:00`, `+0100` or `+01`.
        mutating func offset() -> Int? {
            if take("Z") || take("z") { return 0 }
            let isNegative = rest.first == UInt8(ascii: "-")
            guard take("+") || take("-"), let hours = number(2), hours < 24 else { return nil }
            var minutes = 0
            if take(":") || !rest.isEmpty {
                guard let number = number(2), number < 60 else { return nil }
                minutes = number
            }
            return (isNegative ? -1 : 1) * (hours * 3_600 + minutes * 60)
        }
    }

    // MARK: - Calendar

    /// Returns the number of days from 1 January 1970 to the given day. Years are counted from March, so that a leap
    /// day is the last day of its year.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let (era, yearOfEra) = floorDivision(marchYear, 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Returns the date of a day number, the inverse of `dayNumber`.
    private static func civil(_ dayNumber: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = floorDivision(dayNumber + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (
            era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1
        )
    }

    private static func daysIn(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func floorDivision(_ number: Int, _ divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
