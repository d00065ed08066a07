/// The values that a type gets to decode while it is observed. A type that rejects the values of one trial gets those
/// of the next.
struct Trial {
    private var base = 0
    /// The difference between an integer and the previous one in the same type.
    private var increment = 0
    /// The amount that is added to integers where numbers are requested.
    private var fraction = 0.0
    private(set) var text = ""
    private(set) var truth = false
    /// Whether lists, dictionaries and optionals contain something.
    private(set) var fills = false
    /// Whether a member exists if the type asks for its existence.
    private(set) var isThere = true
    /// The number of elements in a list.
    private(set) var count = 1
    /// The index of the value that is taken from an enum.
    var choice = 0

    /// All trials, in the order in which they are made.
    static let all = [
        Trial(),
        Trial(base: 1, text: "a", truth: true, fills: true, count: 2),
        Trial(base: 1, increment: 1, fraction: 0.5, text: "1", fills: true, isThere: false, count: 0),
        Trial(base: 9, increment: -1, text: "a@example.com", truth: true, isThere: false, count: 3),
        Trial(base: -1, text: "2000-01-01T00:00:00Z", truth: true, fills: true, count: 4),
        Trial(base: 10, text: "00000000-0000-0000-0000-000000000000", fills: true),
        Trial(base: 100, text: "https://example.com", truth: true, isThere: false),
        Trial(base: 2_000, text: "2000-01-01", fills: true, isThere: false),
        Trial(base: 1_000, text: "UTC", truth: true),
        Trial(base: 8_080, text: "127.0.0.1", fills: true),
        Trial(base: 3, text: "1.0.0", truth: true, fills: true),
        Trial(base: 5, text: "#000000", isThere: false),
        Trial(base: 50, text: "Abcdef-12", truth: true, isThere: false),
    ]

    /// Returns the integer that is supplied after `step` others.
    func integer(_ step: Int) -> Int { base + increment * min(step, 1_000) }

    /// Returns the number that is supplied after `step` others.
    func number(_ step: Int) -> Double { Double(integer(step)) + fraction }
}
