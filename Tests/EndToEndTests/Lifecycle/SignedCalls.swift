import Foundation
import TestSupport

extension Signer {
    /// Sends a signed `POST /`.
    func post(_ body: String, to workspace: RunningWorkspace) throws -> HTTPExchange.Answer {
        try workspace.post(
            body, headers: [("Content-Type", "application/json"), ("Authorization", authorization(body))])
    }

    /// A call's body.
    ///
    /// - Parameters:
    ///   - age: how many seconds ago it was created.
    ///   - members: further members, JSON.
    static func body(_ name: String = "pure.hello", age: TimeInterval = 0, _ members: String = "") -> String {
        #"{"name":"\#(name)","created_on":"\#(text(Date(timeIntervalSinceNow: -age)))"\#(members)}"#
    }

    /// A date with offset from UTC.
    static func text(_ date: Date) -> String {
        date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .colon))
    }
}
