/// The rules by which builds start. They are plain values, without watchers, compilers or clocks.
struct ReloadStateMachine {
    /// The kinds of files that a batch of changes touches.
    struct Touched: OptionSet {
        let rawValue: Int
        /// Sources of functions, or the package's manifest.
        static let sources = Touched(rawValue: 1)
        /// The configuration file.
        static let configuration = Touched(rawValue: 2)
    }

    /// An action that the caller must perform. Actions must be performed in the order in which they are returned.
    enum Action: Equatable {
        /// Read the configuration, then call ``ReloadStateMachine/configured()``.
        case loadConfiguration
        /// Build, then call ``ReloadStateMachine/buildEnded()``.
        case startBuild
        /// End the running build, then call ``ReloadStateMachine/buildEnded()``.
        case cancelBuild
        /// Report that all changes up to this count are in effect.
        case covered(UInt64)
    }

    private enum State: Equatable {
        case idle
        case building
        /// The running build is out of date and is being ended.
        case cancelling
        /// Nothing more is started.
        case stopped
    }

    private var state = State.idle
    /// The change count after the latest batch.
    private var seen: UInt64 = 0
    /// The change count up to which the sources have been processed.
    private var built: UInt64 = 0
    /// The change count of the first change of the configuration since it was last read, or nil if there was none.
    private var configurationChanged: UInt64?
    /// The number of reads of the configuration that have not ended yet.
    private var readings = 0

    /// The change count that the running build covers. It includes the changes seen when the build began and later
    /// changes that need no build, but never a configuration that has not been read yet.
    var covering: UInt64 {
        configurationChanged.map { min(built, $0 - 1) } ?? built
    }

    /// Records that files have changed.
    ///
    /// - Parameter count: the change count after this batch.
    mutating func changed(_ touched: Touched, count: UInt64) -> [Action] {
        guard state != .stopped else { return [] }
        var actions: [Action] = []
        if touched.contains(.configuration) {
            // The change may be any one in this batch.
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
            // The build is cancelled first, because reading the configuration takes time, in which the build may end
            // by itself and another one begin.
            actions.insert(.cancelBuild, at: 0)
        case .building: built = count
        case .cancelling, .stopped: break
        }
        return actions
    }

    /// Records that the configuration was read, whether or not it was valid.
    mutating func configured() -> [Action] {
        readings -= 1
        // A later change waits for its own read.
        guard readings == 0 else { return [] }
        configurationChanged = nil
        return state == .idle ? [.covered(covering)] : []
    }

    /// Records that the build ended, whether or not it succeeded.
    mutating func buildEnded() -> [Action] {
        switch state {
        case .cancelling: return [startBuild()]
        case .building, .idle:
            state = .idle
            return [.covered(covering)]
        case .stopped: return []
        }
    }

    /// Stops the machine, which then returns no further actions.
    mutating func stop() {
        state = .stopped
    }

    private mutating func startBuild() -> Action {
        state = .building
        built = seen
        return .startBuild
    }
}
