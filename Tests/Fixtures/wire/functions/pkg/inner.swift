import CloudFunctions

/// Pings.
@Exposed(agentic: true)
func ping(_ context: FunctionContext) -> String { "pong" }
