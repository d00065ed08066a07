import Documents
import Logging
import MongoClient
import Synchronization
import TestSupport
import Testing

/// Tests of the log of libmongoc.
@Suite(.supervised)
struct LibraryLogTests {
    private final class Lines: Sendable {
        let all = Mutex<[(level: Logger.Level, text: String)]>([])
    }

    private struct Handler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let text = event.metadata.map { "\($0)" } ?? ""
            lines.all.withLock { $0.append((event.level, text)) }
        }
    }

    @Test func whatLibmongocLogsGoesIntoOurLogAtDebugLevel() throws {
        let lines = Lines()
        let logger = Logger(label: "document-store") { _ in Handler(lines: lines) }
        _ = try MongoClient(uri: "mongodb://127.0.0.1:1/?noSuchOption=1", logger: logger)
        let said = lines.all.withLock {
            $0.filter { $0.text.contains("noSuchOption".lowercased()) || $0.text.contains("noSuchOption") }
        }
        #expect(said.map(\.level) == [.debug])
    }
}
