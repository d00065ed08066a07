import CloudFunctions
import Values

/// A question to the API and its answer, as a stub's files contain them.
///
/// ```json
/// {"method": "GET", "rel": "Agent", "urlArguments": {"publicId": "agt1"}, "query": {}, "body": null,
///  "answer": {"type": "Agent", "data": {}}}
/// ```
///
/// All members except for `rel` and `answer` may be left out. A missing member fits any question, except that a
/// missing `method` means `GET`.
struct APIExchange {
    let method: String
    let rel: String
    let urlArguments: JSONObject?
    let query: JSONObject?
    let body: JSONValue?
    let answer: JSONValue

    /// Creates an exchange from JSON.
    ///
    /// - Throws: ``APIError``, which describes the problem with the JSON.
    init(_ json: JSONValue) throws(APIError) {
        guard let rel = json["rel"]?.string else { throw Self.invalid("'rel', the resource's name, is missing") }
        guard let answer = json["answer"], !answer.isNull else { throw Self.invalid("'answer' is missing") }
        for key in ["urlArguments", "query"] {
            if let value = json[key], !value.isNull, value.object == nil {
                throw Self.invalid("'\(key)' must be an object")
            }
        }
        for (key, value) in json["urlArguments"]?.object ?? [:] where value.string == nil {
            throw Self.invalid("'urlArguments.\(key)' must be text")
        }
        self.rel = rel
        self.answer = answer
        method = json["method"]?.string?.uppercased() ?? "GET"
        urlArguments = json["urlArguments"]?.object
        query = json["query"]?.object
        body = json["body"].flatMap { $0.isNull ? nil : .some($0) }
    }

    private static func invalid(_ problem: String) -> APIError {
        APIError(.noAnswer, problem, remedy: #"Write it as {"rel": "MyUser", "answer": {…}}."#)
    }

    /// Returns how closely this fits a question, as the number of members that match, or nil if it does not fit.
    ///
    /// Secrets that were left out fit any value.
    func fit(_ question: APIQuestion) -> Int? {
        guard method == question.method, rel == question.rel else { return nil }
        let redacted = Self.json(question, answer: .null)
        var fit = 0
        for (key, value) in urlArguments ?? [:] {
            guard value == question.urlArguments[key].map(JSONValue.string) || value == redacted["urlArguments"]?[key]
            else { return nil }
            fit += 1
        }
        for (key, value) in query ?? [:] {
            guard value == question.query[key] || value == redacted["query"]?[key] else { return nil }
            fit += 1
        }
        if let body {
            guard body == question.body || body == redacted["body"] else { return nil }
            fit += 1
        }
        return fit
    }

    /// Returns the JSON of a question and its answer, without secrets.
    static func json(_ question: APIQuestion, answer: JSONValue) -> JSONObject {
        let secrets = Secrets(of: question)
        var json: JSONObject = ["method": .string(question.method), "rel": .string(question.rel)]
        if !question.urlArguments.isEmpty {
            let sorted = question.urlArguments.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
            json["urlArguments"] = secrets.removed(from: .object(JSONObject(sorted)))
        }
        if !question.query.isEmpty { json["query"] = secrets.removed(from: .object(question.query)) }
        if let body = question.body { json["body"] = secrets.removed(from: body) }
        json["answer"] = secrets.removed(from: answer)
        return json
    }

    /// Returns the name of a file for this question, which is the same each time.
    static func fileName(_ question: APIQuestion) -> String {
        let text = "\(JSONValue.object(json(question, answer: .null)))"
        let hash = text.utf8.reduce(into: UInt64(0xCBF2_9CE4_8422_2325)) { $0 = ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let rel = question.rel.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return "\(rel)-\(question.method)-\(String(hash, radix: 36)).json"
    }
}
