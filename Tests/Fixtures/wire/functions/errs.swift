import CloudFunctions
import Glibc
import Synchronization

struct Boom: Error, CustomStringConvertible {
    var description: String { "boom: secret detail" }
}

@Exposed
func boom(_ context: FunctionContext) throws { throw Boom() }

@Exposed
func trap(_ context: FunctionContext) -> Int {
    let numbers = [1, 2, 3]
    return numbers[numbers.count + 2]
}

@Exposed("exit")
func exitProcess(_ context: FunctionContext) { exit(3) }

@Exposed("sleep")
func sleepSeconds(_ context: FunctionContext, s: Double = 1) async throws -> Double {
    try await Task.sleep(for: .seconds(s))
    return s
}

@Exposed
func prints(_ context: FunctionContext) -> String {
    print("hello from print")
    return "printed"
}

private let calls = Atomic(0)

/// Returns the number of times this process was called.
@Exposed
func count(_ context: FunctionContext) -> Int { calls.add(1, ordering: .relaxed).newValue }
