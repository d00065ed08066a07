/// A date, or a date with a time, of YAML 1.1.
struct YAMLTimestamp {
    /// The timestamp in ISO 8601 as Python's `isoformat` writes it, such as `2001-12-14` or
    /// `2001-12-14T21:59:43.100000-05:00`.
    let isoText: String

    /// Reads a timestamp and checks it against the calendar.
    init(_ text: String) throws(ScalarProblem) {
        let fields = try Fields(text.hasSuffix("\n") ? text.dropLast() : text[...])
        guard let isoText = fields.isoText else { throw ScalarProblem(text, isNot: "a date or time that exists") }
        self.isoText = isoText
    }
}

extension YAMLTimestamp {
    /// The parts of a timestamp as they appear in the text, not checked against the calendar.
    struct Fields {
        struct Time {
            var hour: Substring
            var minute: Substring
            var second: Substring
            var fraction: Substring = ""
            var zone: Zone?
        }

        /// The hours and minutes east of Greenwich.
        struct Zone {
            var isNegative = false
            var hour: Substring = "0"
            var minute: Substring = "0"
        }

        var year: Substring
        var month: Substring
        var day: Substring
        var time: Time?

        /// Parses a text such as `2001-12-14 21:59:43.10 -5`.
        init(_ text: Substring) throws(ScalarProblem) {
            var cursor = TextCursor(text)
            let year = cursor.take(TextCursor.isDigit)
            guard year.utf8.count == 4, cursor.skip("-"), let month = Self.number(&cursor), cursor.skip("-"),
                let day = Self.number(&cursor)
            else { throw ScalarProblem(String(text), isNot: "a date or time") }
            (self.year, self.month, self.day) = (year, month, day)
            guard !cursor.isAtEnd else { return }
            time = Self.time(&cursor)
            guard time != nil, cursor.isAtEnd else { throw ScalarProblem(String(text), isNot: "a date or time") }
        }

        private static func time(_ cursor: inout TextCursor) -> Time? {
            guard cursor.skip(anyOf: "T", "t") != nil || !cursor.take(TextCursor.isBlank).isEmpty,
                let hour = number(&cursor), cursor.skip(":"), let minute = number(&cursor, count: 2), cursor.skip(":"),
                let second = number(&cursor, count: 2)
            else { return nil }
            var time = Time(hour: hour, minute: minute, second: second)
            if cursor.skip(".") { time.fraction = cursor.take(TextCursor.isDigit) }
            guard !cursor.isAtEnd else { return time }
            _ = cursor.take(TextCursor.isBlank)
            time.zone = zone(&cursor)
            return time.zone == nil ? nil : time
        }

        private static func zone(_ cursor: inout TextCursor) -> Zone? {
            if cursor.skip("Z") { return Zone() }
            guard let sign = cursor.skip(anyOf: "+", "-"), let hour = number(&cursor) else { return nil }
            var zone = Zone(isNegative: sign == "-", hour: hour)
            if cursor.skip(":") {
                guard let minute = number(&cursor, count: 2) else { return nil }
                zone.minute = minute
            }
            return zone
        }

        /// Reads one or two digits, or exactly `count`.
        private static func number(_ cursor: inout TextCursor, count: Int? = nil) -> Substring? {
            let digits = cursor.take(TextCursor.isDigit, limit: 2)
            return digits.isEmpty || (count ?? digits.utf8.count) != digits.utf8.count ? nil : digits
        }
    }
}

extension YAMLTimestamp.Fields {
    /// The timestamp in ISO 8601, or nil if the day or the time does not exist.
    fileprivate var isoText: String? {
        guard let year = Int(year), let month = Int(month), let day = Int(day), year >= 1,
            (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day)
        else { return nil }
        let date = "\(Self.padded(year, 4))-\(Self.padded(month))-\(Self.padded(day))"
        guard let time else { return date }
        return time.isoText.map { "\(date)T\($0)" }
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    fileprivate static func padded(_ number: Int, _ count: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
    }
}

extension YAMLTimestamp.Fields.Time {
    fileprivate var isoText: String? {
        guard let hour = Int(hour), let minute = Int(minute), let second = Int(second), hour < 24, minute < 60,
            second < 60
        else { return nil }
        let parts = [hour, minute, second].map { YAMLTimestamp.Fields.padded($0) }
        var text = parts.joined(separator: ":")
        let microseconds = fraction.prefix(6)
        if microseconds.contains(where: { $0 != "0" }) {
            text += ".\(microseconds)\(String(repeating: "0", count: 6 - microseconds.utf8.count))"
        }
        guard let zone else { return text }
        return zone.isoText.map { text + $0 }
    }
}

extension YAMLTimestamp.Fields.Zone {
    /// The offset as `+HH:MM`, or nil if it is a day or more.
    fileprivate var isoText: String? {
        guard let hour = Int(hour), let minute = Int(minute) else { return nil }
        let minutes = hour * 60 + minute
        guard minutes < 24 * 60 else { return nil }
        let sign = isNegative && minutes > 0 ? "-" : "+"
        return "\(sign)\(YAMLTimestamp.Fields.padded(minutes / 60)):\(YAMLTimestamp.Fields.padded(minutes % 60))"
    }
}
