import Foundation
import RunningProcesses
import Synchronization
package import Values

/// A headless Chromium that is driven with the DevTools protocol over two pipes, and ends with this object.
///
/// Source: the domains Target, Page, Runtime, Input and Log of the protocol. Messages are JSON texts, each followed
/// by a zero byte.
package final class Browser: Sendable {
    private let process: Mutex<Process>
    private let folder: ScratchFolder
    private let requests: FileHandle
    private let answers: FileHandle
    private let state = Mutex(State())

    private struct State {
        var number: Int64 = 0
        var unread: [UInt8] = []
        /// The messages that are not answers, as they were received.
        var events: [JSONValue] = []
    }

    package struct Failed: Error, CustomStringConvertible {
        package let description: String
    }

    /// Starts a browser.
    ///
    /// - Parameter hosts: names that this browser resolves to 127.0.0.1.
    package init(hosts: [String] = []) throws {
        folder = try ScratchFolder(named: "browser")
        guard mkfifo(folder("in"), 0o600) == 0, mkfifo(folder("out"), 0o600) == 0 else {
            throw Failed(description: "No pipes for the browser could be made")
        }
        // Opened for both directions, so that opening does not wait for the other end.
        requests = try Self.open(folder("in"))
        answers = try Self.open(folder("out"))
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/setsid")
        process.arguments = [
            "/bin/sh", "-c",
            """
            echo $$ >"$1/session"; exec chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
            --disable-background-networking --disable-component-update --disable-sync --no-proxy-server \
            --user-data-dir="$1/profile" --host-resolver-rules="$2" --remote-debugging-pipe about:blank 3<"$1/in" 4>"$1/out" 2>/dev/null
            """, "sh", folder.path, hosts.map { "MAP \($0) 127.0.0.1" }.joined(separator: ", "),
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        self.process = Mutex(process)
        do { _ = try send("Browser.getVersion", [:]) } catch {
            end()
            throw Failed(
                description: "chromium does not answer (\(error)): is it installed? See requirements/apt-test.txt")
        }
    }

    deinit {
        end()
    }

    /// Ends the browser and everything that it has started, which is its whole session.
    private func end() {
        if let id = folder.read("session").flatMap({ pid_t($0.dropLast()) }) {
            let session = ProcessSession(id: id)
            session.kill()
            _ = try? poll("the browser has ended") { session.members.isEmpty }
        }
        folder.remove()
    }

    private static func open(_ path: String) throws -> FileHandle {
        let descriptor = Glibc.open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failed(description: "\(path) cannot be opened") }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Opens a page.
    package func open(_ url: String) throws -> BrowserPage {
        let target = try send("Target.createTarget", ["url": "about:blank"])["targetId"]?.string ?? ""
        let session = try send("Target.attachToTarget", ["targetId": .string(target), "flatten": true])
        let page = BrowserPage(browser: self, session: session["sessionId"]?.string ?? "")
        for domain in ["Page", "Runtime", "Log", "Network"] { try page.send("\(domain).enable") }
        try page.send("Page.navigate", ["url": .string(url)])
        try page.wait("document.readyState === 'complete' && location.href !== 'about:blank'")
        return page
    }

    /// Sends a command, waits for its answer, and returns the result.
    package func send(_ method: String, _ parameters: JSONObject, session: String? = nil) throws -> JSONObject {
        try state.withLock { state in
            state.number += 1
            let number = state.number
            var message: JSONObject = [
                "id": .integer(number), "method": .string(method), "params": .object(parameters),
            ]
            message["sessionId"] = session.map(JSONValue.string)
            try requests.write(contentsOf: Data(JSONValue.object(message).jsonBytes() + [0]))
            let deadline = ContinuousClock.now + patience
            while true {
                guard let answer = try next(&state, before: deadline) else {
                    throw Failed(description: "The browser does not answer \(method)")
                }
                guard answer["id"]?.integer == number else {
                    state.events.append(answer)
                    continue
                }
                if let error = answer["error"] { throw Failed(description: "\(method): \(error)") }
                return answer["result"]?.object ?? [:]
            }
        }
    }

    /// Returns the complaints of a page: exceptions, errors on its console, and what its policy refused, but no
    /// answers with error codes.
    package func complaints(of session: String) -> [String] {
        state.withLock { state in
            state.events.filter { $0["sessionId"]?.string == session }.compactMap { event in
                switch event["method"]?.string {
                case "Runtime.exceptionThrown": (try? event.jsonString()) ?? "an exception"
                case "Runtime.consoleAPICalled" where event["params"]?["type"] == "error":
                    (try? event.jsonString()) ?? "an error"
                case "Log.entryAdded"
                where event["params"]?["entry"]?["level"] == "error"
                    && event["params"]?["entry"]?["source"] != "network":
                    event["params"]?["entry"]?["text"]?.string
                default: nil
                }
            }
        }
    }

    /// Returns the bodies that a page has posted.
    package func postedBodies(of session: String) -> [String] {
        state.withLock { state in
            state.events.filter {
                $0["sessionId"]?.string == session && $0["method"] == "Network.requestWillBeSent"
            }.compactMap { $0["params"]?["request"]?["postData"]?.string }
        }
    }

    private func next(_ state: inout State, before deadline: ContinuousClock.Instant) throws -> JSONValue? {
        while true {
            if let end = state.unread.firstIndex(of: 0) {
                let message = try JSONValue(parsing: String(decoding: state.unread[..<end], as: UTF8.self))
                state.unread.removeSubrange(...end)
                return message
            }
            var request = pollfd(fd: answers.fileDescriptor, events: Int16(POLLIN), revents: 0)
            guard ContinuousClock.now < deadline else { return nil }
            guard Glibc.poll(&request, 1, 500) > 0 else { continue }
            var chunk = [UInt8](repeating: 0, count: 64 * 1024)
            let count = read(answers.fileDescriptor, &chunk, chunk.count)
            guard count > 0 else { return nil }
            state.unread += chunk[..<count]
        }
    }
}

/// One page of a ``Browser``.
package struct BrowserPage {
    package let browser: Browser
    package let session: String

    @discardableResult
    package func send(_ method: String, _ parameters: JSONObject = [:]) throws -> JSONObject {
        try browser.send(method, parameters, session: session)
    }

    /// Returns the value of a JavaScript expression, after waiting for it if it is a promise.
    ///
    /// - Throws: ``Browser/Failed`` with the exception.
    @discardableResult
    package func evaluate(_ expression: String) throws -> JSONValue {
        let result = try send(
            "Runtime.evaluate",
            ["expression": .string(expression), "awaitPromise": true, "returnByValue": true, "userGesture": true])
        if let exception = result["exceptionDetails"] {
            throw Browser.Failed(description: "\(expression): \(exception)")
        }
        return result["result"]?["value"] ?? .null
    }

    /// Waits until an expression is true.
    package func wait(_ condition: String) throws {
        do {
            // While a page is being replaced, its scripts cannot be run.
            try poll(condition) { (try? evaluate("Boolean(\(condition))")) == true }
        } catch let error as TimedOut {
            let text = (try? text("body")) ?? ""
            throw Browser.Failed(description: "\(error); the page says: \(text)")
        }
    }

    /// Returns the text that an element shows.
    package func text(_ selector: String) throws -> String {
        try evaluate("document.querySelector(\(quoted(selector)))?.innerText ?? ''").string ?? ""
    }

    /// Returns the text of an element in the document, or nil when there is no such element.
    package func content(_ selector: String) throws -> String? {
        try evaluate("document.querySelector(\(quoted(selector)))?.textContent ?? null").string
    }

    /// Waits until an element shows a text.
    package func wait(for text: String, in selector: String) throws {
        try wait("(document.querySelector(\(quoted(selector)))?.innerText ?? '').includes(\(quoted(text)))")
    }

    package func click(_ selector: String) throws {
        try evaluate("document.querySelector(\(quoted(selector))).click()")
    }

    /// Replaces the text of an editor by typing.
    package func type(_ text: String, into selector: String) throws {
        try evaluate("(e => { e.focus(); e.select(); })(document.querySelector(\(quoted(selector))))")
        try send("Input.insertText", ["text": .string(text)])
    }

    /// Presses Ctrl and Enter together.
    package func pressControlEnter() throws {
        try press("Enter", code: 13, control: true)
    }

    /// Presses and releases a key.
    ///
    /// - Parameter code: the number of the key on Windows, by which the browser knows the key's effect.
    package func press(_ key: String, code: Int64, control: Bool = false) throws {
        for type in ["rawKeyDown", "keyUp"] {
            try send(
                "Input.dispatchKeyEvent",
                [
                    "type": .string(type), "key": .string(key), "code": .string(key),
                    "windowsVirtualKeyCode": .integer(code), "modifiers": control ? 2 : 0,
                ])
        }
    }

    /// Takes a picture of the page, for a person to look at.
    package func screenshot(width: Int, height: Int, to file: String) throws {
        try send(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .integer(Int64(width)), "height": .integer(Int64(height)), "deviceScaleFactor": 1,
                "mobile": false,
            ])
        let data = try send("Page.captureScreenshot")["data"]?.string.flatMap { Data(base64Encoded: $0) }
        try data?.write(to: URL(filePath: file))
    }

    package var complaints: [String] { browser.complaints(of: session) }

    /// The bodies that the page has posted.
    package var postedBodies: [String] { browser.postedBodies(of: session) }

    private func quoted(_ text: String) -> String { (try? JSONValue.string(text).jsonString()) ?? "''" }
}
