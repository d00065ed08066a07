import Glibc
import Synchronization

/// The text of the `Date` header, which is updated once a second.
final class DateHeader: Sendable {
    private struct Stamp {
        var second = 0
        var text = ""
    }

    private let stamp = Mutex(Stamp())

    /// The current time as RFC 9110 writes it, as in `Sat, 21 Nov 2026 02:00:00 GMT`.
    var text: String {
        let now = time(nil)
        return stamp.withLock { stamp in
            if stamp.second != now { stamp = Stamp(second: now, text: Self.format(now)) }
            return stamp.text
        }
    }

    private static func format(_ seconds: Int) -> String {
        var seconds = seconds
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits).joined(separator: ":")
        let date = unsafe "\(twoDigits(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900)"
        return unsafe "\(days[Int(parts.tm_wday)]), \(date) \(time) GMT"
    }

    private static func twoDigits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
