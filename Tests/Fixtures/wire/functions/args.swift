import CloudFunctions

struct Echo: Encodable {
    var a, b: JSONValue
}

@Exposed
func echo(_ context: FunctionContext, a: JSONValue = nil, b: JSONValue = "dflt") -> Echo { Echo(a: a, b: b) }

@Exposed
func need(_ context: FunctionContext, a: JSONValue, b: JSONValue) -> [JSONValue] { [a, b] }

@Exposed
func kw(_ context: FunctionContext, everything: Arguments) -> JSONObject { everything.values }

@Exposed
func typed(_ context: FunctionContext, n: Int) -> Int { n }

/// Returns the number of Unicode code points, which is the length of the text in Python.
@Exposed
func length(_ context: FunctionContext, data: String) -> Int { data.unicodeScalars.count }

func hidden(_ context: FunctionContext) -> String { "hidden" }
