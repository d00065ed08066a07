/// How a server of ours ended, by the exit status that a shell gives it.
struct ServerEnd: Equatable, Sendable {
    /// 0–255; above 128 the number of a signal and 128.
    let status: Int32

    /// As in `ended with status 1`.
    var text: String {
        switch status {
        case 0: "ended"
        case 129...192: "was killed by signal \(status - 128)"
        default: "ended with status \(status)"
        }
    }
}
