import Failures
import WorkerProtocol

/// The decisions about which MongoDB server is tried next, and what is reported about it.
///
/// The machine works on values only, without processes, sockets or a clock.
struct DocumentStoreStateMachine {
    /// One attempt to run a server.
    struct Attempt: Equatable {
        var way: ServerWay
        /// The port of 127.0.0.1 on which the server listens.
        var port: Int
    }

    /// An action that the caller must perform, in the order given.
    enum Action: Equatable {
        /// Show a line to the developer.
        case say(String)
        /// Show a line that warns the developer.
        case warn(String)
        /// Report the current state of the store.
        case report(DocumentStoreState)
        /// Try to run a server, then call ``failed(_:)``, ``portTaken(by:free:)``, or ``ready(uri:version:)`` and later
        /// ``ended(_:at:)``.
        case start(Attempt)
        /// Ask the server at this connection string until it responds.
        case follow(String)
    }

    private let choice: DocumentStoreChoice
    /// Whether the documents outlive their server.
    private let keepsData: Bool
    /// The ``ServerWay/kind`` of the server that keeps the documents, or nil if none has kept any yet.
    private var keptKind: String?
    private var attempt: Attempt?
    /// The ways that are left to try after the current one.
    private var waysLeft: ArraySlice<ServerWay>
    private var port: Int
    private var problems: [(way: ServerWay, problem: StoreProblem)] = []
    /// The number of times in a row that the port was taken.
    private var portsTaken = 0
    /// The recent times at which a server ended that had been ready.
    private var ends: [ContinuousClock.Instant] = []

    private static let mostPorts = 5
    private static let mostEnds = 3
    private static let endsPeriod = Duration.seconds(60)

    /// - Parameters:
    ///   - port: the preferred port.
    ///   - keepsData: whether the documents outlive their server.
    ///   - keptKind: the ``ServerWay/kind`` of the server that kept the documents of earlier starts, or nil if none
    ///     did.
    init(choice: DocumentStoreChoice, port: Int, keepsData: Bool = false, keptKind: String? = nil) {
        self.choice = choice
        self.port = port
        self.keepsData = keepsData
        self.keptKind = keptKind
        waysLeft = []
        waysLeft = ways[...]
    }

    /// The ways in which the emulator can run a server, in the order in which they are tried.
    ///
    /// If documents are kept, these are only the ways of the kind that keeps them, unless the setting asks for
    /// another kind.
    private var ways: [ServerWay] {
        let kept = choice.ways.filter { $0.kind == keptKind }
        return kept.isEmpty ? choice.ways : kept
    }

    mutating func begin() -> [Action] {
        switch choice {
        case .none:
            let failure = Failure(
                .documentStoreUnavailable, "The document store is switched off (DOCUMENT_STORE=none)",
                remedy: "Start without DOCUMENT_STORE=none.")
            return [.report(.unavailable(failure))]
        case .server(let uri): return [.report(.starting), .follow(uri)]
        case .auto, .container, .mongod: return [.report(.starting)] + next()
        }
    }

    /// Tries the next way, because the server that was tried does not run.
    mutating func failed(_ problem: StoreProblem) -> [Action] {
        guard let way = attempt?.way else { return [] }
        problems.append((way, problem))
        let isLast = waysLeft.isEmpty
        // After the last way, all problems are reported together.
        return (problem.isOrdinary || isLast ? [] : [.warn("\(way.rawValue): \(problem.message). \(problem.remedy)")])
            + next()
    }

    /// Moves the server that was tried, or is about to be, to another port, because its port is taken.
    ///
    /// - Parameters:
    ///   - holder: the program that holds the port, as far as it is known.
    ///   - free: a port that is free now, or nil if there is none.
    mutating func portTaken(by holder: String?, free: Int?) -> [Action] {
        guard var attempt else { return [] }
        portsTaken += 1
        guard let free else { return failed(.noFreePort) }
        guard portsTaken <= Self.mostPorts else { return failed(.portTaken(attempt.port)) }
        let who = holder ?? "another program or container"
        let line = "Port \(attempt.port) is taken by \(who); the document store moves to \(free)"
        port = free
        attempt.port = free
        self.attempt = attempt
        return [.say(line), .start(attempt)]
    }

    /// Reports that the server responds.
    ///
    /// - Parameter uri: the server's connection string.
    mutating func ready(uri: String, version: String) -> [Action] {
        let address = DocumentStoreState.Address(uri: uri, kind: attempt?.way.kind ?? "uri", version: version)
        problems = []
        var actions: [Action] = []
        if let keptKind, attempt != nil, keptKind != address.kind {
            actions.append(
                .warn(
                    "the documents of earlier starts are not here: they were kept by a \(keptKind), "
                        + "this is a \(address.kind)"))
        }
        if keepsData, attempt != nil, keptKind == nil { keptKind = address.kind }
        let kept = keepsData && attempt != nil ? ", documents are kept" : ""
        actions.append(
            .say("Document store: MongoDB \(version) at \(address.redactedURI) (\(address.kind)\(kept))"))
        return actions + [.report(.ready(address))]
    }

    /// Handles the end of a server that the emulator runs and that had been ready.
    ///
    /// - Parameter how: a description of the end, such as `was killed by signal 9`.
    mutating func ended(_ how: String, at now: ContinuousClock.Instant) -> [Action] {
        guard let attempt else { return [] }
        ends = ends.filter { now - $0 < Self.endsPeriod } + [now]
        guard ends.count < Self.mostEnds else {
            return unavailable(
                "The document store's server \(how), the \(Self.mostEnds)rd time within a minute",
                remedy: "See what it says with LOGGER_LOG_LEVEL=DEBUG, then start the emulator again.")
        }
        // The way that worked is tried first, and the ways after it next.
        waysLeft = ways.drop { $0 != attempt.way }
        let line =
            "the document store's server \(how); "
            + (keepsData ? "it starts again with its documents" : "its documents are lost, an empty one starts")
        return [.warn(line), .report(.starting)] + next()
    }

    /// Reports that the server of the connection string does not respond. The caller keeps asking it.
    mutating func unreachable(_ failure: Failure, isFirst: Bool) -> [Action] {
        (isFirst ? [.warn("\(failure.message). \(failure.remedy ?? "")")] : []) + [.report(.unavailable(failure))]
    }

    private mutating func next() -> [Action] {
        guard let way = waysLeft.popFirst() else {
            let tried = problems.map { "\($0.way.rawValue): \($0.problem.message)" }
            return unavailable(
                "No MongoDB server could be started (\(tried.joined(separator: "; ")))",
                remedy: (problems.map(\.problem.remedy) + [keptRemedy] + [
                    "Or name a server with DOCUMENT_STORE=mongodb://HOST:PORT. Then start the emulator again."
                ]).compactMap(\.self).joined(separator: " "))
        }
        portsTaken = 0
        let attempt = Attempt(way: way, port: port)
        self.attempt = attempt
        return [.start(attempt)]
    }

    /// The remedy if the server that keeps the documents does not run and no other was tried, or nil otherwise.
    private var keptRemedy: String? {
        guard choice == .auto, let keptKind else { return nil }
        let other = keptKind == "container" ? "mongod" : "container"
        return "The documents are kept by a \(keptKind); DOCUMENT_STORE=\(other) starts without them."
    }

    private mutating func unavailable(_ message: String, remedy: String) -> [Action] {
        attempt = nil
        return [
            .warn("functions run without a document store. \(message). \(remedy)"),
            .report(.unavailable(Failure(.documentStoreUnavailable, message, remedy: remedy))),
        ]
    }
}
