private import CYAML

/// libyaml's event parser for one text.
///
/// The handle and the copy of the text that it reads are released together, when this value ends. The handle never
/// leaves this file, and every event is copied into Swift values before libyaml's own is deleted.
@safe struct YAMLEventParser: ~Copyable {
    private let handle: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeMutableBufferPointer<UInt8>

    /// Creates a parser of UTF-8 text without a byte order mark.
    init(_ bytes: [UInt8]) throws(YAMLError) {
        let handle = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard unsafe yaml_parser_initialize(handle) == 1 else {
            unsafe handle.deallocate()
            throw YAMLPlace().error("not enough memory")
        }
        // libyaml does not accept a null pointer, and a line break is equivalent to an empty text.
        let bytes = bytes.isEmpty ? [UInt8(ascii: "\n")] : bytes
        let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        _ = unsafe text.initialize(fromContentsOf: bytes)
        unsafe yaml_parser_set_encoding(handle, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(handle, text.baseAddress, bytes.count)
        unsafe self.handle = handle
        unsafe self.text = text
    }

    deinit {
        unsafe yaml_parser_delete(handle)
        unsafe handle.deallocate()
        unsafe text.deallocate()
    }

    /// Reads the next event. The last one is `streamEnd`, after which the caller must not request another.
    mutating func next() throws(YAMLError) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(handle, &event) == 1 else { throw problem() }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe YAMLEvent(kind: Self.kind(of: event), place: YAMLPlace(event.start_mark))
    }

    private static func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
        switch unsafe event.type {
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_ALIAS_EVENT:
            return unsafe .alias(string(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            let value = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let properties = unsafe YAMLEvent.Properties(anchor: string(scalar.anchor), tag: string(scalar.tag))
            return unsafe .scalar(
                String(decoding: value, as: UTF8.self), properties, isPlain: scalar.plain_implicit != 0)
        case YAML_SEQUENCE_START_EVENT:
            let start = unsafe event.data.sequence_start
            return unsafe .sequenceStart(.init(anchor: string(start.anchor), tag: string(start.tag)))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            let start = unsafe event.data.mapping_start
            return unsafe .mappingStart(.init(anchor: string(start.anchor), tag: string(start.tag)))
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        default: return .streamEnd
        }
    }

    private static func string(_ characters: UnsafePointer<yaml_char_t>?) -> String? {
        guard let characters = unsafe characters else { return nil }
        return unsafe String(cString: characters)
    }
}

// MARK: - Problems

extension YAMLEventParser {
    /// Creates the error that libyaml reports, from the fields that it left in the handle.
    private func problem() -> YAMLError {
        let parser = unsafe handle.pointee
        if unsafe parser.error == YAML_MEMORY_ERROR { return YAMLPlace().error("not enough memory") }
        let bytes = unsafe Array(text)
        if unsafe parser.error == YAML_READER_ERROR {
            let place = unsafe YAMLPlace(ofByte: min(parser.problem_offset, bytes.count), in: bytes)
            let code = unsafe String(parser.problem_value, radix: 16, uppercase: true)
            return place.error("found the control character U+\(String(repeating: "0", count: 4 - code.count))\(code)")
        }
        let place = unsafe YAMLPlace(parser.problem_mark)
        var message = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "the text is not valid YAML"
        if message == "found character that cannot start any token" {
            message += Self.hint(for: unsafe Self.character(at: parser.problem_mark.index, in: bytes))
        }
        if let context = unsafe parser.context {
            message += unsafe " \(String(cString: context))"
            let start = unsafe YAMLPlace(parser.context_mark)
            if start != place { message += " (started at \(start.line):\(start.column))" }
        }
        return place.error(message)
    }

    private static func character(at index: Int, in bytes: [UInt8]) -> Unicode.Scalar? {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.dropFirst(index).first
    }

    private static func hint(for character: Unicode.Scalar?) -> String {
        switch character {
        case "\t": " (a tab: indent with spaces)"
        case let character?: " ('\(character)': put the value in quotes)"
        case nil: ""
        }
    }
}

extension YAMLPlace {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}
