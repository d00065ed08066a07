import Testing
@Test func probe() {
    let e = Expansion("""
    /// Greets.
    /// - Parameter name: whom
    @Exposed
    func greet(_ context: FunctionContext, name: String = "person") throws -> String { "" }
    @Exposed func none() {}
    struct S { @Exposed func m(_ c: FunctionContext) {} }
    @Exposed @Exposed("x") func two(_ c: FunctionContext) {}
    func f() { @Exposed func local(_ c: FunctionContext) {} }
    """)
    print(e.records); print(e.problems)
}
