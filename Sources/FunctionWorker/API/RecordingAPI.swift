import CloudFunctions
import FoundationEssentials
import Logging
import Values

/// An API that passes questions on and records each with its answer in a file that ``StubbedAPI`` can read.
///
/// Errors are not recorded. Headers, and with them the caller's token, are left out, and so are values under names
/// such as `password`.
struct RecordingAPI: API {
    let api: any API
    let folder: String
    let logger: Logger

    func answer(_ question: APIQuestion) async throws -> JSONValue {
        let answer = try await api.answer(question)
        guard answer["type"] != "Error" else { return answer }
        do {
            let text = try JSONValue.object(APIExchange.json(question, answer: answer)).prettyJSONString()
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let file = URL(filePath: "\(folder)/\(APIExchange.fileName(question))")
            try Data((text + "\n").utf8).write(to: file, options: .atomic)
        } catch {
            logger.warning(
                "The API's answer was not recorded", metadata: ["folder": "\(folder)", "reason": "\(error)"])
        }
        return answer
    }
}
