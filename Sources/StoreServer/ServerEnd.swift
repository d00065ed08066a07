/// The end of a server, as the exit status that a shell reports for it.
struct ServerEnd: Equatable, Sendable {
    /// The exit status, 0–255; above 128, the number of a signal plus 128.
    let status: Int32

    /// A description such as `ended with status 1`.
    var text: String {
        switch status {
        case 0: "ended"
        case 129...192: "was killed by signal \(status - 128)"
        default: "ended with status \(status)"
        }
    }
}
