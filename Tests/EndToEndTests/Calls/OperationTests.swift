import Engine
import Failures
import Invocations
import Synchronization
import TestSupport
import Testing
import WorkerPool
import WorkerProtocol

/// Tests that observers learn what functions do on the document store and on the API.
@Suite(.supervised, .tags(.large), .workspace(["functions/other.swift": EngineFixture.other]))
struct OperationTests {
    private final class Observer: EngineObserver {
        let operations: Operations
        let recordsOperations: Bool

        init(_ operations: Operations, recordsOperations: Bool) {
            self.operations = operations
            self.recordsOperations = recordsOperations
        }

        func performed(_ operation: OperationRecord, by invocation: Invocation, on worker: WorkerIdentity) {
            operations.list.withLock { $0.append(operation) }
        }
    }

    private final class Operations: Sendable {
        let list = Mutex<[OperationRecord]>([])
    }

    @Test(arguments: [true, false]) func theyAreReportedIfAnObserverWantsThem(isWanted: Bool) async throws {
        try await EngineFixture.run { fixture in
            let operations = Operations()
            try await fixture.engine.observe { Observer(operations, recordsOperations: isWanted) }
            try await fixture.engine.documentStoreChanged(
                to: .unavailable(Failure(.documentStoreUnavailable, "There is none")))
            let client = try fixture.client("operates")
            try await client.write(0)
            #expect(try await client.readPiece() == "done")
            let found = operations.list.withLock { $0 }
            guard isWanted else { return #expect(found.isEmpty) }
            #expect(
                found.map { "\($0.system.rawValue) \($0.name) \($0.target) \($0.hasFailed)" } == [
                    "api GET MyUser true", "document-store insert cloud_function_pid true",
                    "document-store find cloud_function_pid true",
                ])
            #expect(found.allSatisfy { $0.durationMilliseconds >= 0 && $0.startMilliseconds > 1.7e12 })
        }
    }
}
