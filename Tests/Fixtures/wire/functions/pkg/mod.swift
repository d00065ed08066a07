import CloudFunctions

@Exposed
func f(_ context: FunctionContext) -> String { "pkg.mod.f" }
