import DequeModule
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@testable import Ingress

/// The machine, for tests that look at its actions where they cause them.
private final class Connection {
    private var machine = HTTPConnectionStateMachine()

    typealias Actions = [HTTPConnectionStateMachine.Action]

    func copy() -> Connection {
        let copy = Connection()
        copy.machine = machine
        return copy
    }

    func received(_ part: HTTPServerRequestPart) -> Actions { perform { $0.received(part, &$1) } }
    func readCompleted() -> Actions { perform { $0.readCompleted(&$1) } }
    func wantsToRead() -> Bool { machine.wantsToRead() }
    func writabilityChanged(to isWritable: Bool) -> Actions { perform { $0.writabilityChanged(to: isWritable, &$1) } }
    func inputClosed() -> Actions { perform { $0.inputClosed(&$1) } }
    func garbled() -> Actions { perform { $0.garbled(&$1) } }
    func bodyIsWanted() -> Actions { perform { $0.bodyIsWanted(&$1) } }
    func responded(isStream: Bool) -> Actions { perform { $0.responded(isStream: isStream, &$1) } }
    func bodyIsFull() { machine.bodyIsFull() }
    func streamEnded(isWhole: Bool) -> Actions { perform { $0.streamEnded(isWhole: isWhole, &$1) } }
    func outputClosed() -> Actions { perform { $0.outputClosed(&$1) } }
    func end() -> Actions { perform { $0.end(&$1) } }

    private func perform(
        _ event: (inout HTTPConnectionStateMachine, inout HTTPConnectionStateMachine.Actions) -> Void
    ) -> Actions {
        var actions = HTTPConnectionStateMachine.Actions()
        event(&machine, &actions)
        return Array(actions)
    }
}

@Suite(.supervised)
struct HTTPConnectionStateMachineTests {
    private typealias Action = HTTPConnectionStateMachine.Action

    private func head(
        _ method: HTTPMethod = .POST, _ uri: String = "/", version: HTTPVersion = .http1_1,
        _ headers: HTTPHeaders = [:]
    ) -> HTTPRequestHead {
        HTTPRequestHead(version: version, method: method, uri: uri, headers: headers)
    }

    private let bytes = ByteBuffer(string: "x")

    private func receive(
        _ parts: [HTTPServerRequestPart], _ machine: Connection
    ) -> [Action] {
        parts.flatMap { machine.received($0) }
    }

    /// Feeds a request whose body is whole.
    private func receive(_ head: HTTPRequestHead, _ machine: Connection) -> [Action] {
        machine.received(.head(head)) + machine.received(.body(bytes)) + machine.received(.end(nil))
    }

    @Test func aWholeRequestIsAnsweredAndTheNextIsTaken() {
        let machine = Connection()
        let first = head()
        #expect(receive(first, machine) == [.begin(first), .appendToBody(bytes), .endBody, .respond])
        #expect(machine.readCompleted() == [])
        #expect(machine.responded(isStream: false) == [.write(connection: nil, hasBody: true), .release])
        #expect(machine.responded(isStream: false) == [], "it has one response")
        let second = head(.HEAD)
        #expect(receive([.head(second), .end(nil)], machine) == [.begin(second), .endBody, .respond])
        #expect(machine.responded(isStream: false) == [.write(connection: nil, hasBody: false), .release])
    }

    @Test func whatComesBehindARequestWaitsForItsResponse() {
        let machine = Connection()
        let first = head(.GET, "/1"), second = head(.GET, "/2"), third = head(.GET, "/3")
        #expect(receive([.head(first), .end(nil)], machine) == [.begin(first), .endBody, .respond])
        for head in [second, third] {
            #expect(receive([.head(head), .end(nil)], machine) == [])
        }
        #expect(!machine.wantsToRead(), "so does the client")
        let write = Action.write(connection: nil, hasBody: true)
        #expect(machine.responded(isStream: false) == [write, .release, .begin(second), .endBody, .respond])
        #expect(machine.responded(isStream: false) == [write, .release, .begin(third), .endBody, .respond, .read])
        #expect(machine.responded(isStream: false) == [write, .release])
    }

    @Test func aClientThatReadsNoResponsesIsNotRead() {
        let machine = Connection()
        let first = head(.GET), second = head(.GET, "/2")
        _ = receive([.head(first), .end(nil)], machine)
        #expect(machine.writabilityChanged(to: false) == [])
        #expect(machine.responded(isStream: false) == [.write(connection: nil, hasBody: true), .release])
        #expect(receive([.head(second), .end(nil)], machine) == [])
        #expect(!machine.wantsToRead())
        #expect(machine.writabilityChanged(to: true) == [.begin(second), .endBody, .respond, .read])
    }

    @Test func aBodyThatNobodyHasAskedForIsReadNoFurther() {
        let machine = Connection()
        _ = machine.received(.head(head()))
        #expect(machine.wantsToRead())
        #expect(machine.readCompleted() == [.respond])
        #expect(!machine.wantsToRead())
        #expect(machine.bodyIsWanted() == [.read])
        #expect(machine.wantsToRead())
        #expect(receive([.body(bytes), .end(nil)], machine) == [.appendToBody(bytes), .endBody])
        #expect(machine.responded(isStream: false) == [.write(connection: nil, hasBody: true), .release])
    }

    @Test func aClientThatWaitsToBeAskedForTheBodyIsAskedOnce() {
        let machine = Connection()
        _ = machine.received(.head(head(.POST, "/", ["Expect": "100-Continue"])))
        #expect(machine.readCompleted() == [.respond])
        #expect(machine.bodyIsWanted() == [.askForBody])
        #expect(machine.bodyIsWanted() == [])
        _ = machine.received(.body(bytes)) + machine.received(.end(nil))
        #expect(machine.responded(isStream: false) == [.write(connection: nil, hasBody: true), .release])
    }

    @Test func aResponseBeforeTheBodyWasAskedForEndsTheConnection() {
        let machine = Connection()
        _ = machine.received(.head(head(.POST, "/", ["Expect": "100-continue"]))) + machine.readCompleted()
        #expect(
            machine.responded(isStream: false)
                == [.write(connection: "close", hasBody: true), .release, .closeOutput(keepsSocket: false)])
        #expect(machine.received(.head(head())) == [])
        #expect(machine.outputClosed() == [.closeSoon])
        #expect(machine.inputClosed() == [.close])
    }

    @Test func theRestOfABodyIsSkippedAfterAnEarlyResponse() {
        let machine = Connection()
        _ = machine.received(.head(head())) + machine.received(.body(bytes)) + machine.readCompleted()
        #expect(!machine.wantsToRead())
        #expect(
            machine.responded(isStream: false) == [.write(connection: nil, hasBody: true), .dropBody, .read])
        #expect(machine.received(.body(bytes)) == [.appendToBody(bytes)])
        #expect(machine.received(.end(nil)) == [.endBody, .release])
        let next = head(.GET)
        #expect(machine.received(.head(next)) == [.begin(next)])
    }

    @Test(
        arguments: [
            (HTTPVersion.http1_0, [:], "close", false), (.http1_0, ["Connection": "keep-alive"], "keep-alive", true),
            (.http1_1, ["Connection": "close"], "close", false), (.http1_1, ["Upgrade": "h2c"], "close", false),
            (.http1_1, [:], nil, true),
        ] as [(HTTPVersion, HTTPHeaders, String?, Bool)])
    func saysWhetherTheConnectionGoesOn(version: HTTPVersion, headers: HTTPHeaders, connection: String?, goesOn: Bool) {
        let machine = Connection()
        _ = receive(head(.POST, "/", version: version, headers), machine)
        let write = Action.write(connection: connection, hasBody: true)
        #expect(
            machine.responded(isStream: false)
                == [write, .release] + (goesOn ? [] : [.closeOutput(keepsSocket: false)]))
    }

    @Test func aClientThatGoesIsToldOnce() {
        let machine = Connection()
        _ = receive(head(), machine)
        #expect(machine.inputClosed() == [.clientGone])
        #expect(machine.inputClosed() == [])
        // It may still listen.
        #expect(
            machine.responded(isStream: false)
                == [.write(connection: "close", hasBody: true), .release, .closeOutput(keepsSocket: true)])
        #expect(machine.outputClosed() == [.close])
    }

    @Test func aClientThatGoesBeforeItsBodyIsWholeLeavesIt() {
        let machine = Connection()
        _ = machine.received(.head(head())) + machine.readCompleted()
        #expect(machine.inputClosed() == [.cutBody, .clientGone])
        let idle = Connection()
        #expect(idle.inputClosed() == [.closeOutput(keepsSocket: true)])
    }

    @Test func whatIsNotHTTPIsRejectedAfterWhatIsDue() {
        var machine = Connection()
        #expect(machine.garbled() == [.reject, .closeOutput(keepsSocket: false)])
        #expect(machine.garbled() == [])
        machine = Connection()
        _ = receive(head(), machine)
        #expect(machine.garbled() == [])
        #expect(!machine.wantsToRead())
        #expect(
            machine.responded(isStream: false)
                == [.write(connection: "close", hasBody: true), .release, .closeOutput(keepsSocket: false), .read])
        machine = Connection()
        _ = machine.received(.head(head())) + machine.readCompleted()
        #expect(machine.garbled() == [.cutBody], "the exchange says what is wrong")
    }

    @Test func theHeadOfAStreamIsNoStream() {
        let machine = Connection()
        _ = receive(head(.HEAD), machine)
        #expect(
            machine.responded(isStream: true)
                == [.write(connection: "close", hasBody: false), .release, .closeOutput(keepsSocket: false)])
    }

    @Test func whatIsNotHTTPEndsAConnectionWhoseResponseIsWritten() {
        let machine = Connection()
        _ = machine.received(.head(head())) + machine.readCompleted() + machine.responded(isStream: false)
        #expect(machine.garbled() == [.closeOutput(keepsSocket: false)])
        let streaming = Connection()
        _ = receive(head(.GET), streaming) + streaming.responded(isStream: true)
        #expect(streaming.garbled() == [])
    }

    @Test func aStreamEndsWithItsClientOrTheEmulator() {
        let machine = Connection()
        _ = receive(head(.GET), machine)
        #expect(machine.responded(isStream: true) == [.write(connection: "close", hasBody: true), .stream])
        let stopping = machine.copy()
        #expect(machine.inputClosed() == [.clientGone, .endStream])
        #expect(machine.streamEnded(isWhole: true) == [.closeOutput(keepsSocket: true)])
        #expect(stopping.end() == [.endEndlessStream])
        #expect(stopping.streamEnded(isWhole: true) == [.closeOutput(keepsSocket: false)])
    }

    @Test func aStreamThatBreaksClosesItsConnection() {
        let machine = Connection()
        _ = receive(head(.GET), machine) + machine.responded(isStream: true)
        #expect(machine.streamEnded(isWhole: false) == [.close])
    }

    @Test func aBodyThatIsFullIsNotReadUntilItIsWantedAgain() {
        let machine = Connection()
        _ = machine.received(.head(head())) + machine.readCompleted() + machine.bodyIsWanted()
        #expect(machine.wantsToRead())
        machine.bodyIsFull()
        #expect(!machine.wantsToRead())
        #expect(machine.bodyIsWanted() == [.read])
        #expect(machine.wantsToRead())
    }

    @Test func theEndOfTheEmulatorWaitsForTheResponseThatIsDue() {
        let idle = Connection()
        #expect(idle.end() == [.closeOutput(keepsSocket: false)])
        #expect(idle.end() == [])
        let responding = Connection()
        _ = receive(head(), responding)
        #expect(responding.end() == [])
        #expect(
            responding.responded(isStream: false)
                == [.write(connection: "close", hasBody: true), .release, .closeOutput(keepsSocket: false)])
        let reading = Connection()
        _ = reading.received(.head(head()))
        #expect(reading.end() == [.close], "a request that never comes whole holds nothing up")
        let skipping = Connection()
        _ = skipping.received(.head(head())) + skipping.readCompleted() + skipping.responded(isStream: false)
        #expect(skipping.end() == [], "the client may still be reading the response")
        #expect(skipping.received(.end(nil)) == [.endBody, .release, .closeOutput(keepsSocket: false)])
    }
}
