import Failures
import TestSupport
import Testing
import Values

@testable import Ingress

@Suite(.supervised)
struct ObjectGrantTests {
    private func success(_ data: JSONValue) -> JSONValue { ["result": "success", "data": data] }

    @Test(arguments: [ObjectGrant.Action.upload, .download, .update, .delete])
    func onePathIsAllowed(action: ObjectGrant.Action) throws {
        let grant = try ObjectGrant(success(["path": "a/b", "type": "Nothing"]), of: action)
        #expect(grant.paths.map(\.path) == [ObjectPath("a/b")])
        #expect(grant.paths.map(\.resource) == [[:]])
    }

    @Test func aListIsOfSeveralPathsWithTheirResources() throws {
        let asset: JSONValue = ["path": "a", "publicId": "1", "type": "Asset"]
        let agent: JSONValue = ["path": "b", "publicId": "2", "type": "Agent"]
        let grant = try ObjectGrant(success([asset, agent]), of: .list)
        #expect(grant.paths.map(\.path) == [ObjectPath("a"), ObjectPath("b")])
        #expect(
            grant.paths.map(\.resource) == [["publicId": "1", "type": "Asset"], ["publicId": "2", "type": "Agent"]])
        #expect(try ObjectGrant(success(asset), of: .list).paths.count == 1)
        #expect(try ObjectGrant(success([]), of: .list).paths.isEmpty)
    }

    private static let denials: [(JSONValue, ObjectGrant.Action, String)] = [
        (.null, .upload, "authorize_upload denies it"),
        (["result": "error", "data": ["path": "a"]], .upload, "must answer {"),
        (["result": "success"], .upload, "must answer {"),
        ("a", .delete, "must answer {"), (["result": "success", "data": [:]], .update, "must answer with a 'path'"),
        (["result": "success", "data": ["path": 1]], .update, "must answer with a 'path'"),
        (["result": "success", "data": [["path": "a"]]], .update, "must answer with a 'path'"),
        (["result": "success", "data": ["path": "../a"]], .download, "which leaves the object storage"),
        (["result": "success", "data": [["path": "a", "type": "Other"]]], .list, "must answer with a 'type'"),
        (["result": "success", "data": ["path": "a"]], .list, "must answer with a 'type'"),
    ]

    @Test(arguments: denials)
    func allElseIsDenied(answer: JSONValue, action: ObjectGrant.Action, message: String) {
        let error = #expect(throws: Failure.self) { try ObjectGrant(answer, of: action) }
        #expect(error?.code == .objectAccessDenied)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    private static let failures: [(ErrorCode, ErrorCode)] = [
        (.functionNotFound, .objectAccessDenied), (.invalidArgument, .objectAccessDenied),
        (.buildFailed, .buildFailed), (.configurationInvalid, .configurationInvalid),
        (.functionThrew, .objectAccessDenied), (.internalError, .internalError),
    ]

    @Test(arguments: failures)
    func aFailureOfTheFunctionDeniesAndAnotherStaysWhatItIs(code: ErrorCode, expected: ErrorCode) {
        #expect(ObjectGrant.denial(Failure(code, "It failed"), of: .list).code == expected)
    }
}
