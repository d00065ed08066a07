import TestSupport
import Testing
import Values

/// Tests of calls that HTML forms post.
@Suite(.supervised, .tags(.large), .workspace(WireFixture.files))
struct FormTests {
    private func post(_ fields: String, headers: [(String, String)] = []) throws -> HTTPExchange.Answer {
        try SharedWorkspace.get().post(
            fields, headers: [("Content-Type", "application/x-www-form-urlencoded")] + headers)
    }

    @Test func theAnswerIsAPageThatShowsTheResult() throws {
        let answer = try post(
            "function=functions.example.greet&function_args__key0=name&function_args__value0=Ada+%3Cb%3E")
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
        #expect(answer.body.contains("Greetings Ada &lt;b&gt;, my username is user!"), "\(answer.body)")
        #expect(!answer.body.contains("<b>"))
        #expect(answer.headers["ingress-activation-id"] != nil)
    }

    @Test func valuesAreTextThatTheParametersTypeParses() throws {
        let text = try post("function=args.echo&function_args__key0=a&function_args__value0=1")
        #expect(text.body.contains("&quot;a&quot;: &quot;1&quot;"), "\(text.body)")
        let number = try post("function=args.typed&function_args__key7=n&function_args__value7=12")
        #expect(number.body.contains("<pre>12</pre>"), "\(number.body)")
    }

    @Test func theContextComesAlong() throws {
        let resources = """
            user__public_id=u&user__name=Ada&user__custom_properties__key0=lang&user__custom_properties__value0=nl\
            &user__permissions__value0=NONE&company__public_id=c&company__name=Acme&company__permissions__value0=B\
            &company__permissions__value3=A&asset__public_id=&asset__name=Pump&agent__public_id=a&agent__name=
            """
        let answer = try post("function=ctx.dump&\(resources)")
        let json = answer.body.replacing("&quot;", with: "\"").replacing(/\s/, with: "")
        #expect(
            json.contains(
                #""user":{"public_id":"u","name":"Ada","custom_properties":{"lang":"nl"},"permissions":null}"#),
            "\(json)")
        #expect(
            json.contains(#""company":{"public_id":"c","name":"Acme","custom_properties":{},"permissions":["A","B"]}"#))
        #expect(json.contains(#""asset":null,"agent":null,"template":null"#))
    }

    @Test func allKindsOfResourcesComeAlong() throws {
        for kind in ["company", "asset", "agent"] {
            let answer = try post(
                "function=ctx.dump&\(kind)__public_id=i&\(kind)__name=n&\(kind)__custom_properties__key5=a"
                    + "&\(kind)__custom_properties__value5=1&\(kind)__permissions__value8=P")
            let json = answer.body.replacing("&quot;", with: "\"").replacing(/\s/, with: "")
            #expect(
                json.contains(
                    #""\#(kind)":{"public_id":"i","name":"n","custom_properties":{"a":"1"},"permissions":["P"]}"#),
                "\(json)")
        }
    }

    @Test func valuesStayText() throws {
        let values = ["1", "true", "null", "[1]", "{}"]
        let fields = values.enumerated().map { "function_args__key\($0)=a\($0)&function_args__value\($0)=\($1)" }
        let answer = try post("function=args.kw&" + fields.joined(separator: "&"))
        for value in values { #expect(answer.body.contains(": &quot;\(value)&quot;"), "\(answer.body)") }
    }

    @Test func theTypeIsReadLikeOne() throws {
        let workspace = try SharedWorkspace.get()
        let form = try workspace.post(
            "function=example.greet", headers: [("Content-Type", "Application/X-WWW-Form-Urlencoded; charset=utf-8")])
        #expect(form.headers["content-type"] == "text/html; charset=utf-8")
        let multipart = try workspace.post("x", headers: [("Content-Type", "multipart/form-data; boundary=x")])
        #expect(multipart.status == 415)
    }

    @Test func emptyRowsOfTheFormDoNotCount() throws {
        let answer = try post(
            """
            function=args.kw&function_args__key0=&function_args__value0=&function_args__key1=x&function_args__value1=\
            &function_args__key2=y&function_args__value2=2&function_args__key2=again&function_args__value9=alone
            """)
        #expect(answer.body.replacing(/\s/, with: "").contains("{&quot;y&quot;:&quot;2&quot;}"), "\(answer.body)")
    }

    @Test(arguments: [
        ("function=errs.boom", 500, "function-threw", "boom: secret detail"),
        ("function=args.need", 400, "invalid-argument", "is missing"),
        ("function=a..b", 400, "invalid-name", "empty part"),
        ("function=example.nope", 200, "function-not-found", "Not found, function &#39;example.nope&#39;"),
        ("", 200, "function-not-found", "Not found, function &#39;functions.&#39;"),
    ])
    func orTheError(fields: String, status: Int, code: String, text: String) throws {
        let answer = try post(fields)
        #expect(answer.status == status)
        #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
        #expect(answer.headers["ingress-error"] == code)
        #expect(answer.body.contains(text), "\(answer.body)")
    }

    @Test func anotherSitesPageCannotPostOne() throws {
        for header in [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")] {
            #expect(try post("function=example.greet", headers: [header]).status == 403)
        }
    }

    @Test func byPathTheBodyIsJSONWhateverItsType() throws {
        let answer = try SharedWorkspace.get().call(
            "example.greet", #"{"name":"Ada"}"#, headers: [("Content-Type", "application/x-www-form-urlencoded")])
        #expect(answer.json == "Greetings Ada, my username is user!")
    }
}
