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
    private var known: [String: FunctionSchemas] = [:]
    /// The functions whose description has taken too long once.
    private var slow: Set<String> = []

    init(_ pool: WorkerPool, generation: Int, observer: any InvocationObserver) {
        self.pool = pool
        self.generation = generation
        self.observer = observer
    }

    /// Returns the schemas of a function, with an issue for each part that cannot be described.
    ///
    /// The pool must be that of the generation in effect, because a drained pool may not start workers any more.
    ///
    /// - Throws: ``Failure`` if no worker is available.
    func schemas(of function: FunctionRecord) async throws(Failure) -> FunctionSchemas {
        if let schemas = known[function.path] { return schemas }
        guard let name = try? FunctionName(function.path) else { return FunctionSchemas() }
        let invocation = Invocation(cause: .description, target: name, input: .description)
        let outcome = await withCheckedContinuation { continuation in
            let call = ActiveInvocation(invocation, observer: observer) { continuation.resume(returning: $0) }
            call.resolved(function, path: function.path, generation: generation, buildHasFailed: false)
            pool.run(call)
        }
        let schemas: FunctionSchemas
        switch outcome.result {
        case .success(let body):
            let json = try await body.collected()
            schemas = try await BackgroundWork.run { Self.schemas(json) }
        case .failure(let failure):
            schemas = FunctionSchemas(issues: [.init("input_schema_generation_error", Self.message(failure))])
            switch failure.code {
            case .functionCrashed, .functionExited, .memoryExceeded: break
            // This may happen once on a busy machine.
            case .functionTimedOut where slow.insert(function.path).inserted: return schemas
            case .functionTimedOut: break
            // The process may have been killed from outside.
            case .functionKilled: return schemas
            default: throw failure
            }
        }
        known[function.path] = schemas
        return schemas
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
