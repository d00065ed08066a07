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
        /// Read the configuration; then say ``ReloadStateMachine/configured()``.
        case loadConfiguration
        /// Build; then say ``ReloadStateMachine/buildEnded()``.
        case startBuild
        /// End the build that runs; then say ``ReloadStateMachine/buildEnded()``.
        case cancelBuild
        /// All changes up to this count are in effect.
        case covered(UInt64)
    }

    private enum State: Equatable {
        case idle
        case building
        /// The build that runs is out of date and is being ended.
        case cancelling
        /// Nothing more is begun.
        case stopped
    }

    private var state = State.idle
    /// The change count that the latest batch brought us to.
    private var seen: UInt64 = 0
    /// The change count that the sources are looked at up to.
    private var built: UInt64 = 0
    /// Where the configuration changed first since it was read; nil when it was read since.
    private var configurationChanged: UInt64?
    /// How many readings of the configuration are not over yet.
    private var readings = 0

    /// The change count that the build that runs covers: what was seen when it began, and what came later that needs no build; never a
    /// configuration that was not read yet.
    var covering: UInt64 {
        configurationChanged.map { min(built, $0 - 1) } ?? built
    }

    /// Files have changed.
    ///
    /// - Parameter count: the change count that this batch brings us to.
    mutating func changed(_ touched: Touched, count: UInt64) -> [Action] {
        guard state != .stopped else { return [] }
        var actions: [Action] = []
        if touched.contains(.configuration) {
            // Somewhere among the changes of this batch.
            configurationChanged = configurationChanged ?? seen + 1
            readings += 1
            actions.append(.loadConfiguration)
        }
        seen = count
        let needsBuild = touched.contains(.sources)
        switch state {
        case .idle where needsBuild: actions.append(startBuild())
        case .idle:
            built = count
            if readings == 0 { actions.append(.covered(covering)) }
        case .building where needsBuild:
            state = .cancelling
            // First, because reading the configuration takes time, in which the build may end by itself and another begin.
            actions.insert(.cancelBuild, at: 0)
        case .building: built = count
        case .cancelling, .stopped: break
        }
        return actions
    }

    /// The configuration was read, with whatever result.
    mutating func configured() -> [Action] {
        readings -= 1
        // A later change waits for its own reading.
        guard readings == 0 else { return [] }
        configurationChanged = nil
        return state == .idle ? [.covered(covering)] : []
    }

    /// The build ended, with whatever result.
    mutating func buildEnded() -> [Action] {
        switch state {
        case .cancelling: return [startBuild()]
        case .building, .idle:
            state = .idle
            return [.covered(covering)]
        case .stopped: return []
        }
    }

    /// Begins nothing more.
    mutating func stop() {
        state = .stopped
    }

    private mutating func startBuild() -> Action {
        state = .building
        built = seen
        return .startBuild
    }
}
