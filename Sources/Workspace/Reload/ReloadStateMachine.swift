/// When to build: decides in values, with no watcher, compiler or clock in it.
struct ReloadStateMachine {
    /// What a batch of changes touches.
    struct Touched: OptionSet {
        let rawValue: Int
        /// Sources of functions, or the package's manifest.
        static let sources = Touched(rawValue: 1)
        /// The configuration file.
        static let configuration = Touched(rawValue: 2)
    }

    /// What the caller must do, in this order.
    enum Action: Equatable {
        case loadConfiguration
        /// Build; then say ``ReloadStateMachine/buildEnded()``.
        case startBuild
        /// End the build that runs; then say ``ReloadStateMachine/buildEnded()``.
        case cancelBuild
        /// All changes up to this count are looked at.
        case covered(UInt64)
    }

    private enum State: Equatable {
        case idle
        case building
        /// The build that runs is out of date and is being ended.
        case cancelling
    }

    private var state = State.idle
    /// The change count that the latest batch brought us to.
    private var seen: UInt64 = 0
    /// The change count that the build that runs covers: what was seen when it began, and what came later that needs no build.
    private(set) var covering: UInt64 = 0

    /// Files have changed.
    ///
    /// - Parameter count: the change count that this batch brings us to.
    mutating func changed(_ touched: Touched, count: UInt64) -> [Action] {
        seen = count
        var actions: [Action] = touched.contains(.configuration) ? [.loadConfiguration] : []
        let needsBuild = touched.contains(.sources)
        switch state {
        case .idle where needsBuild: actions.append(startBuild())
        case .idle:
            covering = count
            actions.append(.covered(count))
        case .building where needsBuild:
            state = .cancelling
            actions.append(.cancelBuild)
        case .building: covering = count
        case .cancelling: break
        }
        return actions
    }

    /// The build ended, with whatever result.
    mutating func buildEnded() -> [Action] {
        switch state {
        case .cancelling: return [startBuild()]
        case .building, .idle:
            state = .idle
            return [.covered(covering)]
        }
    }

    private mutating func startBuild() -> Action {
        state = .building
        covering = seen
        return .startBuild
    }
}
