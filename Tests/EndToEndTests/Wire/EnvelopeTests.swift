import TestSupport
import Testing
import Values

/// Tests of the rules of `POST /` that no measured case covers.
@Suite(.supervised, .tags(.large), .workspace(WireFixture.files))
struct EnvelopeTests {
    private func post(_ body: String) throws -> HTTPExchange.Answer { try SharedWorkspace.get().post(body) }

    @Test(arguments: [
        (#"{}"#, "functions."), (#"{"name":"example."}"#, "example."), (#"{"name":"functions."}"#, "functions."),
        (#"{"name":"args.hidden"}"#, "args.hidden"), (#"{"name":"nomod.f"}"#, "nomod.f"),
        (#"{"name":"pkg.nomod.f"}"#, "pkg.nomod.f"), (#"{"name":"pkg"}"#, "functions.pkg"),
        (#"{"name":"functions.pkg.mod"}"#, "functions.pkg.mod"),
    ])
    func aFunctionThatIsNotThereIsAnAnswer(body: String, name: String) throws {
        let answer = try post(body)
        #expect(answer.status == 200)
        #expect(answer.json == .string("Not found, function '\(name)' does not exist or is not exposed"))
        #expect(answer.headers["ingress-error"] == "function-not-found")
    }

    @Test(arguments: [
        "5", "true", "{}", "null", #""a ""#, #""a\u00a0b""#, #""a/b""#, #""a\\b""#, #""a..b""#, #"".""#, #"".a""#,
    ])
    func otherNamesAreRefused(name: String) throws {
        let answer = try post(#"{"name":\#(name)}"#)
        #expect(answer.status == 400)
        #expect(["invalid-request", "invalid-name"].contains(answer.error("code")), "\(answer.body)")
    }

    @Test(arguments: ["arguments", "context", "config", "internalConfig"])
    func aPartOfTheWrongTypeIsNamed(part: String) throws {
        for value in ["null", "[]", #""text""#, "1", "true"] {
            let answer = try post(#"{"name":"ctx.dump","\#(part)":\#(value)}"#)
            #expect(answer.status == 400)
            #expect(answer.error("code") == "invalid-request")
            #expect(answer.error("message")?.string?.contains("'\(part)'") == true, "\(answer.body)")
        }
    }

    @Test(arguments: ["company", "agent", "asset"])
    func permissionsOfTheWrongTypeAreNamed(kind: String) throws {
        for value in ["null", "{}", #""text""#, "1", "[1]", "[null]"] {
            let answer = try post(
                #"{"name":"ctx.dump","context":{"\#(kind)":{"publicId":"a","name":"b","permissions":\#(value)}}}"#)
            #expect(answer.status == 400)
            #expect(answer.error("message")?.string?.contains("context.\(kind).permissions") == true, "\(answer.body)")
        }
    }

    @Test(arguments: ["user", "template"])
    func otherResourcesHaveNone(kind: String) throws {
        for value in ["null", "1", #"["A"]"#] {
            let answer = try post(
                #"{"name":"ctx.dump","context":{"\#(kind)":{"publicId":"a","name":"b","permissions":\#(value)}}}"#)
            #expect(answer.status == 200)
            #expect(answer.json[kind]?["permissions"] == .null, "\(answer.body)")
        }
    }

    @Test(arguments: ["user", "company", "agent", "asset", "template", "apiApplication"])
    func resourcesHaveIdentityAndName(kind: String) throws {
        func dump(_ resource: String) throws -> HTTPExchange.Answer {
            try post(#"{"name":"ctx.dump","context":{"\#(kind)":\#(resource)}}"#)
        }
        let wrong = [
            (#"{"name":"b"}"#, ".publicId"), (#"{"publicId":"a"}"#, ".name"),
            (#"{"publicId":1,"name":"b"}"#, ".publicId"),
            (#"{"publicId":"a","name":null}"#, ".name"), (#"{"publicId":"a","name":"b","custom":[]}"#, ".custom"),
            ("[]", ""), ("1", ""), ("true", ""), (#""a""#, ""),
        ]
        for (resource, field) in wrong {
            let answer = try dump(resource)
            #expect(answer.status == 400, "\(resource)")
            #expect(answer.error("message")?.string?.contains("'context.\(kind)\(field)'") == true, "\(answer.body)")
        }
        #expect(try dump("null").status == 200)
        let whole = try dump(#"{"publicId":"a","name":"b"}"#)
        #expect(whole.status == 200)
        if kind != "apiApplication" {
            #expect(
                whole.json[kind]?["public_id"] == "a" && whole.json[kind]?["custom_properties"] == [:], "\(whole.body)")
        }
    }

    @Test func theAssetComesBeforeTheAgent() throws {
        let answer = try post(
            #"""
            {"name":"ctx.agent_or_asset","context":{"agent":{"publicId":"agent","name":"b"},
            "asset":{"publicId":"asset","name":"b"}}}
            """#)
        #expect(answer.json["public_id"] == "asset")
    }

    @Test func configIsMergedAtTheTop() throws {
        let answer = try post(#"{"name":"ctx.config","config":{"serviceAccount":{"x":1},"n":null}}"#)
        #expect(answer.json == ["serviceAccount": ["x": 1], "n": nil])
    }

    @Test func anArgumentErrorNamesArgumentAndType() throws {
        for (arguments, words) in [
            ("{}", ["'n'", "Int"]), (#"{"n":"x"}"#, ["'n'", "integer"]), (#"{"n":1.5}"#, ["'n'", "integer"]),
        ] {
            let answer = try post(#"{"name":"args.typed","arguments":\#(arguments)}"#)
            #expect(answer.status == 400)
            #expect(answer.error("code") == "invalid-argument")
            let message = try #require(answer.error("message")?.string)
            for word in words { #expect(message.lowercased().contains(word.lowercased()), "\(message)") }
        }
    }

    @Test func aCrashIsToldAsAnErrorOfTheCallAlone() throws {
        let trap = try post(#"{"name":"errs.trap"}"#)
        #expect(trap.status == 500)
        #expect(trap.error("code") == "function-crashed")
        #expect(trap.error("location")?["file"] == "functions/errs.swift")
        #expect(trap.error("location")?["line"] != nil)
        try SharedWorkspace.get().prints("functions/errs.swift")
        let exit = try post(#"{"name":"errs.exit"}"#)
        #expect(exit.status == 500)
        #expect(exit.error("code") == "function-exited")
        #expect(try post(#"{"name":"errs.prints"}"#).json == "printed")
    }

    @Test func everyErrorHasTheSameShape() throws {
        let workspace = try SharedWorkspace.get()
        let answers = [
            try post(#"{"name":"errs.boom"}"#), try post("["), try workspace.call("example.nope"),
            try HTTPExchange.send("PUT", "/", port: workspace.port), try workspace.get("/_/nothing"),
            try workspace.get("/", headers: [("Host", "evil.example")]), try workspace.post("{}", headers: []),
        ]
        for answer in answers {
            let error = try #require(answer.json["error"]?.object, "\(answer.body)")
            #expect(error["code"]?.string != nil && error["message"]?.string != nil)
            #expect(error["activationId"]?.string?.count == 32)
            #expect(error["activationId"]?.string == answer.headers["ingress-activation-id"])
            #expect(error["code"]?.string == answer.headers["ingress-error"])
        }
    }

    @Test func aNumberThatJSONCannotHoldIsNamed() throws {
        let workspace = try RunningWorkspace([
            "functions/n.swift": """
            import CloudFunctions
            @Exposed func get(_ context: FunctionContext, nan: Bool) -> [String: [Double]] { ["v": [1, nan ? .nan : -.infinity]] }
            """
        ])
        for (nan, name) in [("true", "NaN"), ("false", "-Infinity")] {
            let answer = try workspace.post(#"{"name":"n.get","arguments":{"nan":\#(nan)}}"#)
            #expect(answer.status == 500)
            #expect(answer.error("code") == "invalid-result")
            let message = try #require(answer.error("message")?.string)
            #expect(message.contains("v.[1]") || message.contains("v[1]"), "\(message)")
            #expect(message.contains(name), "\(message)")
        }
    }

    @Test func sourcesThatDoNotCompileAreToldWithTheirErrors() throws {
        let workspace = try RunningWorkspace(["functions/a.swift": "func a() -> Int { \"\" }\n"])
        let answer = try workspace.post(#"{"name":"a.a"}"#)
        #expect(answer.status == 500)
        #expect(answer.error("code") == "build-failed")
        #expect(answer.error("diagnostics")?[0]?["file"] == "functions/a.swift")
        #expect(answer.error("diagnostics")?[0]?["line"] == 1)
    }
}
