import Failures
import FunctionContracts
import Invocations
import NIOCore
import Values
import WorkerPool

/// The schemas of a generation's functions. They may be used only on the event loop.
///
/// The generation's workers make the schemas when they are first requested. This runs code of the functions' types,
/// which may crash or take long like any other code.
final class SchemaBook {
    private let pool: WorkerPool
    private let generation: Int
    private let observer: any InvocationObserver
    private let eventLoop: any EventLoop
    private var made: [String: FunctionSchemas] = [:]
    /// The callers that wait for a description, by the path of the function.
    private var waiting: [String: [CheckedContinuation<Result<FunctionSchemas, Failure>, Never>]] = [:]
    /// The functions whose description has taken too long once.
    private var slow: Set<String> = []

    init(_ pool: WorkerPool, generation: Int, observer: any InvocationObserver, eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        self.pool = pool
        self.generation = generation
        self.observer = observer
    }

    /// Returns the schemas of a function if they were made already.
    func known(_ function: FunctionRecord) -> FunctionSchemas? { made[function.path] }

    /// Returns the schemas of a function, with an issue for each part that cannot be described. Callers that ask at the
    /// same time share one description.
    ///
    /// The pool must be that of the generation in effect, because a drained pool may not start workers any more.
    ///
    /// - Throws: ``Failure`` if no worker is available.
    func schemas(of function: FunctionRecord) async throws(Failure) -> FunctionSchemas {
        if let schemas = known(function) { return schemas }
        let result = await withCheckedContinuation { continuation in
            waiting[function.path, default: []].append(continuation)
            guard waiting[function.path]?.count == 1 else { return }
            describe(function)
        }
        return try result.get()
    }

    /// Has a worker describe a function, for everybody who waits for that.
    private func describe(_ function: FunctionRecord) {
        guard let name = try? FunctionName(function.path) else {
            return tell(.success(FunctionSchemas()), of: function)
        }
        let invocation = Invocation(cause: .description, target: name, input: .description)
        let call = ActiveInvocation(invocation, observer: observer) { [self] outcome in
            switch outcome.result {
            case .success(.buffered(let json)): parse(json, of: function)
            case .success(.stream(let pieces)):
                pieces.value.end()
                tell(.success(FunctionSchemas()), of: function)
            case .failure(let failure): described(function, failure)
            }
        }
        call.resolved(function, path: function.path, generation: generation, buildHasFailed: false)
        pool.run(call)
    }

    private func parse(_ json: ByteBuffer, of function: FunctionRecord) {
        let book = NIOLoopBound(self, eventLoop: eventLoop)
        BackgroundWork.run(for: eventLoop) { Self.schemas(json) }.whenComplete { schemas in
            let schemas = (try? schemas.get()) ?? FunctionSchemas()
            book.value.made[function.path] = schemas
            book.value.tell(.success(schemas), of: function)
        }
    }

    private func described(_ function: FunctionRecord, _ failure: Failure) {
        let schemas = FunctionSchemas(issues: [.init("input_schema_generation_error", Self.message(failure))])
        switch failure.code {
        case .functionCrashed, .functionExited, .memoryExceeded: made[function.path] = schemas
        // This may happen once on a busy machine.
        case .functionTimedOut: if !slow.insert(function.path).inserted { made[function.path] = schemas }
        // The process may have been killed from outside.
        case .functionKilled: break
        default: return tell(.failure(failure), of: function)
        }
        tell(.success(schemas), of: function)
    }

    private func tell(_ result: Result<FunctionSchemas, Failure>, of function: FunctionRecord) {
        for continuation in waiting.removeValue(forKey: function.path) ?? [] { continuation.resume(returning: result) }
    }

    private static func schemas(_ json: ByteBuffer) -> FunctionSchemas {
        let object = (try? JSONValue(parsing: json.readableBytesUInt8Span))?.object
        return object.flatMap(FunctionSchemas.init(json:)) ?? FunctionSchemas()
    }

    private static func message(_ failure: Failure) -> String {
        guard failure.code == .functionTimedOut else { return failure.message }
        return "One of its types decodes for longer than \(WorkerLimits.descriptionTimeout.components.seconds) seconds"
    }
}
