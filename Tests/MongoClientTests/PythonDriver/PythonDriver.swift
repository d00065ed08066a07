import Foundation
import TestSupport
import Values

/// MongoDB's driver for Python in a process of its own, which evaluates expressions and ends with this object.
final class PythonDriver {
    private let process = Process()
    private let questions = Pipe()
    private let answers = Pipe()
    private var unread = Data()

    struct NotThere: Error, CustomStringConvertible {
        let description: String
    }

    private static let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "run-expressions.py")

    private static let modules =
        ProcessInfo.processInfo.environment["PYMONGO"]
        ?? inPackage(".build/pymongo")

    /// Starts the driver.
    ///
    /// - Parameters:
    ///   - database: the database of the expressions.
    ///   - other: another database, whose documents are returned as well.
    init(uri: String, database: String, other: String) throws {
        guard FileManager.default.fileExists(atPath: "\(Self.modules)/pymongo") else {
            throw NotThere(
                description: "There is no pymongo in \(Self.modules): run Scripts/install-pymongo .build/pymongo")
        }
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", Self.script.path(), uri, database, other]
        process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONPATH": Self.modules]) { $1 }
        process.standardInput = questions
        process.standardOutput = answers
        try process.run()
    }

    deinit {
        try? questions.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    struct Answer {
        /// The result of the expression, or the error.
        let result: JSONValue
        /// The bytes of the collection's documents afterwards, as hexadecimal digits.
        let stored: [String]
        /// The bytes of the documents in the collection of the same name in the other database.
        let others: [String]
    }

    /// Evaluates an expression; may block.
    ///
    /// - Parameter expression: the operation on the collection, which is `c`.
    func evaluate(_ expression: String, on collection: String) throws -> Answer {
        let question: JSONValue = ["collection": .string(collection), "expression": .string(expression)]
        try questions.fileHandleForWriting.write(contentsOf: Data(question.jsonBytes() + [UInt8(ascii: "\n")]))
        let answer = try JSONValue(parsing: line())
        guard let result = answer["result"], let stored = answer["stored"]?.array, let others = answer["others"]?.array
        else { throw NotThere(description: "This is no answer: \(answer)") }
        return Answer(result: result, stored: stored.compactMap(\.string), others: others.compactMap(\.string))
    }

    private func line() throws -> [UInt8] {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread = Data(unread[(end + 1)...]) }
                return [UInt8](unread[..<end])
            }
            let more = answers.fileHandleForReading.availableData
            guard !more.isEmpty else { throw NotThere(description: "Python ended; it said why on standard error") }
            unread += more
        }
    }
}
