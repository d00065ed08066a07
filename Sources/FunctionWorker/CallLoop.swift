import CloudFunctions
import Failures
import FunctionContracts
import Glibc
import Synchronization
import Values
import WorkerProtocol

/// A loop that reads messages from the emulator and answers them, one after the other, on one thread.
final class CallLoop: Sendable {
    private let plugin: Plugin
    private let calls: CallsPipe
    private let results: ResultWriter
    private let executor: CallExecutor
    private let currentCall: CurrentCall
    private let documentStore: DocumentStoreAccess
    private let api: WorkerAPI
    private let throwPlaces: ThrowPlaces?
    private let tools = ToolSchemas()
    /// The values of the configuration file, as the emulator last sent them.
    private let configuration = Mutex<JSONObject>([:])

    init(
        plugin: Plugin, calls: CallsPipe, results: ResultWriter, executor: CallExecutor, currentCall: CurrentCall,
        documentStore: DocumentStoreAccess, api: WorkerAPI, throwPlaces: ThrowPlaces?
    ) {
        self.plugin = plugin
        self.calls = calls
        self.results = results
        self.executor = executor
        self.currentCall = currentCall
        self.documentStore = documentStore
        self.api = api
        self.throwPlaces = throwPlaces
    }

    /// Runs until the emulator closes its end.
    func run() {
        results.send(.ready, [])
        do {
            while let message = try calls.next() { try handle(message) }
        } catch {
            results.send(.failure, Failure(.internalError, "The worker received \(error)"))
        }
        WorkerProcess.end()
    }

    private func handle(_ message: MessageReader.Message) throws(ProtocolError) {
        switch EngineMessage(rawValue: message.header.kind) {
        case .describe: results.send(.description, plugin.description)
        case .configuration:
            let values = (try? JSONValue(parsingNonFinite: message.payload.span))?.object ?? [:]
            configuration.withLock { $0 = values }
        case .call:
            let id = message.header.activationID, bodies = CallBodies(of: id, from: calls, to: results)
            let outcome = invoke(try CallHead(decoding: message.payload.span), id, message.payload.span, bodies)
            bodies.end()
            switch outcome {
            case .success(let json) where json.count > FrameHeader.maximumMessage:
                results.send(.failure, .resultTooLong(json.count), of: id)
            case .success(let json): results.send(.result, json, of: id)
            case .failure(let failure): results.send(.failure, failure, of: id)
            }
            bodies.drain()
            // Output of a later call would go wherever this call has redirected it.
            if !WorkerProcess.hasItsOutput { WorkerProcess.end() }
        case .body, .bodyCut, nil: throw .unknownKind(message.header.kind)
        }
    }

    private func invoke(
        _ head: CallHead, _ id: ActivationID, _ payload: borrowing Span<UInt8>, _ bodies: CallBodies
    ) -> Result<[UInt8], Failure> {
        let index = Int(head.functionIndex)
        guard plugin.functions.indices.contains(index) else {
            return .failure(Failure(.internalError, "The worker has no function \(index)"))
        }
        let sections = head.sections
        var values = configuration.withLock { $0 }
        if !sections.config.isEmpty { values.merge(Self.object(payload.extracting(sections.config))) }
        let resources = sections.context.isEmpty ? [:] : Self.object(payload.extracting(sections.context))
        let hasToken = !(resources["accessToken"]?["headerValue"]?.string ?? "").isEmpty
        let context = FunctionContext(
            of: id, head, resources: resources, config: values,
            internalConfig: sections.internalConfig.isEmpty
                ? [:] : Self.object(payload.extracting(sections.internalConfig)),
            documentStore: documentStore, api: api.granted, results: results)
        let arguments = sections.arguments.isEmpty ? [:] : Self.object(payload.extracting(sections.arguments))
        let function = plugin.functions[index], tools = tools, api = api.ungranted
        let outcome =
            if head.isDescription {
                run(id) {
                    try JSONValue.object(await FunctionDescriber(function).schemas(in: context).json).jsonBytes()
                }
            } else {
                run(id) {
                    if head.checksArguments {
                        try await tools.check(
                            arguments, areText: head.argumentsAreText, of: function, at: index, in: context)
                    }
                    let context = try await context.ofOwnApplication(hasToken: hasToken, through: api)
                    return try await function.call(
                        __FunctionCall(
                            context: context, arguments: arguments, argumentsAreText: head.argumentsAreText,
                            streams: __CallStreams(bodies)))
                }
            }
        WorkerProcess.flushOutput()
        return outcome
    }

    private func run(
        _ id: ActivationID, _ body: @escaping @Sendable () async throws -> [UInt8]
    ) -> Result<[UInt8], Failure> {
        let ending = CallEnding()
        throwPlaces?.beginCall()
        let task = Task(executorPreference: executor) { [throwPlaces] in
            do {
                ending.set(.success(try await body()))
            } catch {
                ending.set(.failure(Failure(thrown: error, at: throwPlaces)))
            }
        }
        currentCall.begin(id, task)
        executor.runJobs { ending.value != nil }
        currentCall.end()
        return ending.value ?? .failure(Failure(.internalError, "The call ended without an outcome"))
    }

    /// Returns the object in a section, which the emulator has checked.
    private static func object(_ bytes: Span<UInt8>) -> JSONObject {
        (try? JSONValue(parsing: bytes))?.object ?? [:]
    }
}

/// The result or the failure of a call, once it has ended.
private final class CallEnding: Sendable {
    private let stored = Mutex<Result<[UInt8], Failure>?>(nil)

    var value: Result<[UInt8], Failure>? { stored.withLock { $0 } }

    func set(_ new: Result<[UInt8], Failure>) {
        stored.withLock { $0 = new }
    }
}

extension Failure {
    fileprivate static func resultTooLong(_ length: Int) -> Failure {
        Failure(
            .invalidResult,
            "The result has \(length >> 20) MB as JSON; it may have \(FrameHeader.maximumMessage >> 20) MB",
            remedy: "Return less, or store the data and return where it is.")
    }
}
