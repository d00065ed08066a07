import Foundation
import TestSupport

extension Signer {
    /// Sends a signed `POST /`.
    func post(_ body: String, to workspace: RunningWorkspace) throws -> HTTPExchange.Answer {
        try workspace.post(
            body, headers: [("Content-Type", "application/json"), ("Authorization", authorization(body))])
    }

    /// Returns the body of a call.
    ///
    /// - Parameters:
    ///   - age: the number of seconds since the body was created.
    ///   - members: further members, as JSON.
    static func body(_ name: String = "pure.hello", age: TimeInterval = 0, _ members: String = "") -> String {
        #"{"name":"\#(name)","created_on":"\#(text(Date(timeIntervalSinceNow: -age)))"\#(members)}"#
    }

    /// Returns a date with its offset from UTC, as text.
    static func text(_ date: Date) -> String {
        date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .colon))
    }
}
