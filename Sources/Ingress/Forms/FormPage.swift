import Failures
import NIOCore
import NIOHTTP1
import Surfaces
import Values
import WorkerProtocol

/// The pages that respond to HTML forms.
enum FormPage {
    /// Returns the page that shows a result.
    ///
    /// - Parameter json: the result.
    static func result(_ json: ByteBuffer) -> Response {
        let text = (try? JSONValue(parsing: json.readableBytesUInt8Span).prettyJSONString()) ?? String(buffer: json)
        return page("Result", status: .ok, "<pre>\(escaped(text))</pre>")
    }

    /// Returns the page that shows a text as a result.
    static func result(text: String) -> Response {
        let json = (try? JSONValue.string(text).prettyJSONString()) ?? text
        return page("Result", status: .ok, "<pre>\(escaped(json))</pre>")
    }

    /// Returns the page that shows a failure.
    static func failure(_ failure: Failure, id: ActivationID) -> Response {
        var lines = ["<p>\(escaped(failure.message))</p>"]
        if let remedy = failure.remedy { lines.append("<p>\(escaped(remedy))</p>") }
        let object = (try? failure.errorObject(id).prettyJSONString()) ?? ""
        lines.append("<pre>\(escaped(object))</pre>")
        return page(
            "Error: \(failure.code.rawValue)", status: HTTPResponseStatus(statusCode: failure.code.status),
            lines.joined(separator: "\n"))
    }

    private static func page(_ title: String, status: HTTPResponseStatus, _ content: String) -> Response {
        let html = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>\(escaped(title))</title>
            <link rel="stylesheet" href="/_/console/page.css">
            </head>
            <body>
            <h1>\(escaped(title))</h1>
            \(content)
            <p><a href="/">Console</a></p>
            </body>
            </html>

            """
        let headers: HTTPHeaders = [
            "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'",
        ]
        return Response(status: status, headers: headers, body: ByteBuffer(string: html))
    }

    /// Returns text with the special characters of HTML escaped.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
