import CloudFunctions

private let values: JSONObject = [
    "str": "text", "empty": "", "unicode": "héllo wörld – 日本語 😀", "int": 42, "neg": -1, "float": 1.5, "float_int": 1.0,
    "float_small": 1e-7, "float_big": 1e22, "float_01": .double(0.1 + 0.2), "true": true, "none": nil,
    "dict": ["b": 1, "a": 2], "list": [1, "two", nil],
    "nested": ["l": [["x": [1, [2, ["y": "z"]]]]], "e": [:], "f": []],
]

struct UnknownKind: Error, CustomStringConvertible {
    var kind: String
    var description: String { "there is no kind '\(kind)'" }
}

@Exposed
func get(_ context: FunctionContext, kind: String) throws -> JSONValue {
    guard let value = values[kind] else { throw UnknownKind(kind: kind) }
    return value
}

@Exposed("echo")
func echoValue(_ context: FunctionContext, v: JSONValue = nil) -> JSONValue { v }

@Exposed
func big(_ context: FunctionContext, n: Int) -> String { String(repeating: "x", count: max(0, n)) }
