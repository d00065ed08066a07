import CloudFunctions

#AppDescription(shortName: "adder", description: "An app that adds things.")

struct Point: Codable {
    var x: Int
    var y: Double?
}

enum Mode: String, CaseIterable, Codable {
    case fast, slow
}

/// Adds two integers.
@Exposed(agentic: true)
func add(_ context: FunctionContext, a: Int, b: Int = 2) -> Int { a + b }

@Exposed(
    agentic: true, requiresHumanPermission: true, description: "Moves a point", examples: ["move 1 2", "move 3 4"],
    meta: ["k": "v"])
func move(_ context: FunctionContext, p: Point, mode: Mode = .fast, note: String? = nil) -> Point { p }

@Exposed(agentic: true)
func nodoc(_ context: FunctionContext, a: Int) -> Int { a }
