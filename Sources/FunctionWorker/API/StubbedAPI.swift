import CloudFunctions
import FoundationEssentials
import Logging
import SystemSupport
import Values

/// An API that answers questions from the JSON files of a folder, and keeps questions without an answer.
///
/// The files are read for each question, so that a saved file takes effect at once.
struct StubbedAPI: API {
    /// The folder of the answers, which may contain folders. Each file holds an ``APIExchange`` or a list of them.
    let folder: String
    /// The folder for questions without an answer. Each is a file that can be moved to the folder of the answers once
    /// its answer is written.
    let unanswered: String
    let logger: Logger

    func answer(_ question: APIQuestion) async throws -> JSONValue {
        var best: (fit: Int, answer: JSONValue)?
        for exchange in try exchanges() {
            guard let fit = exchange.fit(question), fit > best?.fit ?? -1 else { continue }
            best = (fit, exchange.answer)
        }
        if let best { return best.answer }
        let json = JSONValue.object(APIExchange.json(question, answer: .null))
        keep(json, as: APIExchange.fileName(question))
        throw APIError(
            .noAnswer, "The API's stub has no answer to \(question.method) \(question.rel)",
            remedy: "Write one into a file of \(folder), as in \(json).")
    }

    private func exchanges() throws(APIError) -> [APIExchange] {
        var exchanges: [APIExchange] = []
        for path in Self.files(of: folder) {
            guard let contents = FileManager.default.contents(atPath: path) else { continue }
            do {
                let json = try JSONValue(parsing: Array(contents))
                for one in json.array ?? [json] { exchanges.append(try APIExchange(one)) }
            } catch let error as APIError {
                throw APIError(error.kind, "\(path): \(error.message)", remedy: error.remedy)
            } catch let error as JSONParsingError {
                throw APIError(.noAnswer, "\(path):\(error.line):\(error.column): \(error.message)")
            } catch {
                throw APIError(.noAnswer, "\(path): \(error)")
            }
        }
        return exchanges
    }

    /// Returns the JSON files of a folder and the folders in it, sorted by name.
    private static func files(of folder: String) -> [String] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        return names.filter { !$0.hasPrefix(".") }.flatMap { name in
            let path = "\(folder)/\(name)"
            switch FileStamp(path: path)?.kind {
            case .folder: return files(of: path)
            case nil: return []
            default: return name.hasSuffix(".json") ? [path] : []
            }
        }
    }

    private func keep(_ json: JSONValue, as name: String) {
        let path = "\(unanswered)/\(name)"
        guard !FileManager.default.fileExists(atPath: path), let text = try? json.prettyJSONString() else { return }
        try? FileManager.default.createDirectory(atPath: unanswered, withIntermediateDirectories: true)
        try? Data((text + "\n").utf8).write(to: URL(filePath: path), options: .atomic)
        logger.warning("The API's stub has no answer", metadata: ["question": "\(json)"])
    }
}
