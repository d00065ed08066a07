import Failures
import Values

/// The files that may contain the context values, in descending order of precedence.
enum ContextValuesFile: String, CaseIterable {
    case yaml = "context_values.yaml"
    case json = "context_values.json"
    /// The file that contains the values under its key `values`.
    case legacyConfiguration = "context_config.json"

    /// A message to the user about the name of this file, or nil for the name that is not deprecated.
    var deprecationWarning: String? {
        switch self {
        case .yaml: nil
        case .json: "\(rawValue) is deprecated. Move its values to \(Self.yaml.rawValue)."
        case .legacyConfiguration:
            "\(rawValue) is deprecated. Move what is under its key \"values\" to the top of \(Self.yaml.rawValue)."
        }
    }

    /// Returns the content of this file in a folder, or nil if the file does not exist.
    func bytes(in folder: String) throws(Failure) -> [UInt8]? {
        do throws(FileReadingError) {
            return try FileReading.bytes(at: "\(folder)/\(rawValue)")
        } catch {
            throw failure(error.message, remedy: error.remedy)
        }
    }

    /// Returns the values in a file of this kind. A file without content has no values.
    func values(of bytes: [UInt8]) throws(Failure) -> JSONObject {
        switch self {
        case .yaml:
            let (value, place) = try yaml(bytes)
            return try mapping(value, at: place, subject: "the top of the file")
        case .json:
            let (value, place) = try json(bytes)
            return try mapping(value, at: place, subject: "the top of the file")
        case .legacyConfiguration:
            let (value, place) = try json(bytes)
            let configuration = try mapping(value, at: place, subject: "the top of the file")
            let values = configuration["values"] ?? .null
            return try mapping(
                values, at: values.isNull ? nil : Self.place(of: "values", in: bytes), subject: "\"values\"")
        }
    }

    // MARK: - Formats

    private func yaml(_ bytes: [UInt8]) throws(Failure) -> (JSONValue, YAMLPlace?) {
        do throws(YAMLError) {
            let root = try YAMLDocument.root(of: bytes, file: rawValue)
            return (root.value, root.place)
        } catch {
            throw invalid(error)
        }
    }

    private func json(_ bytes: [UInt8]) throws(Failure) -> (JSONValue, YAMLPlace?) {
        let text: [UInt8]
        do throws(YAMLError) {
            text = try UTF8Text.checked(bytes)
        } catch {
            throw invalid(error)
        }
        guard let start = text.firstIndex(where: { !" \t\r\n".utf8.contains($0) }) else { return (.null, nil) }
        do throws(JSONParsingError) {
            return (try JSONValue(parsing: text), YAMLPlace(ofByte: start, in: text))
        } catch {
            throw invalid(YAMLPlace(line: error.line, column: error.column).error(error.message))
        }
    }

    /// Returns the place where the value of a key begins, in a valid text of an object.
    private static func place(of name: StaticString, in bytes: [UInt8]) -> YAMLPlace? {
        let mark = bytes.starts(with: UTF8Text.byteOrderMark) ? UTF8Text.byteOrderMark.count : 0
        var offset: Int?
        _ = try? JSONObjectScanner.scan(bytes.span.extracting(droppingFirst: mark)) {
            (key, value, _) throws(JSONParsingError) in
            if key.isEqual(to: name) { offset = value.lowerBound }
        }
        return offset.map { YAMLPlace(ofByte: mark + $0, in: bytes) }
    }

    private func invalid(_ error: YAMLError) -> Failure {
        failure(
            error.message, at: YAMLPlace(line: error.line, column: error.column),
            remedy: "Correct \(rawValue) at that place; it is read again when it changes.")
    }

    private func mapping(
        _ value: JSONValue, at place: YAMLPlace?, subject: String
    ) throws(Failure) -> JSONObject {
        switch value {
        case .null where place == nil: return [:]
        case .object(let object): return object
        default:
            let example = self == .yaml ? "name: value" : "{\"name\": \"value\"}"
            throw failure(
                "\(subject) must be a mapping of names to values, found \(value.kindDescription)", at: place,
                remedy: "Write it as \(example); the file is read again when it changes.")
        }
    }

    private func failure(_ message: String, at place: YAMLPlace? = nil, remedy: String) -> Failure {
        let location = place.map { SourcePlace(file: rawValue, line: $0.line, column: $0.column) }
        return Failure(
            .configurationInvalid, "\(location?.description ?? rawValue): \(message)", remedy: remedy,
            location: location)
    }
}
