@_exported public import Documents
@_exported public import Values

public import FoundationEssentials
public import Logging

/// Everything a function knows about the call it serves.
///
/// ```swift
/// @Exposed
/// func rename(_ context: FunctionContext, name: String) async throws {
///     let asset = try context.require(\.asset)
///     let store = try context.require(\.documentStore)
///     try await store.updateOne(["asset": .string(asset.publicID)], ["$set": ["name": .string(name)]], upsert: true)
/// }
/// ```
public struct FunctionContext: Sendable {
    /// The user who makes the call, or nil if no user does.
    public var user: Resource?

    /// The company that the call is made in, or nil if there is none.
    public var company: Resource?

    /// The agent (a device) whose page the call comes from, or nil if it comes from elsewhere.
    public var agent: Resource?

    /// The asset whose page the call comes from, or nil if it comes from elsewhere.
    public var asset: Resource?

    /// The page template that the call comes from, or nil if it comes from elsewhere.
    public var template: Resource?

    /// The values of `context_values.yaml`, overridden by those of the request.
    public var config: Config

    /// A client of the cloud's API, with the rights of this call.
    public var apiClient: APIClient

    /// The documents of the call's company, or nil if the call has no company.
    public var documentStore: DocumentStore?

    /// The measurements of the call's company, beside its documents, or nil if the call has no company.
    public var timeSeries: TimeSeries?

    /// A logger for messages that belong to this call.
    public var logger: Logger

    /// The identifier of this call: 32 hexadecimal digits, also in the answer's `Ingress-Activation-Id` header.
    public var activationID: String

    /// HTTP headers for calls that the function itself makes to other functions.
    ///
    /// A call with these headers is served even if all workers are busy, so that the function cannot wait for itself.
    public var nestedCallHeaders: [String: String] { ["Ingress-Parent-Activation-Id": activationID] }

    /// The latest time at which the call ends, or nil if it has no time limit.
    public var deadline: Date?

    /// Creates a context for tests of functions. Workers create the contexts of real calls.
    public init(
        user: Resource? = nil, company: Resource? = nil, agent: Resource? = nil, asset: Resource? = nil,
        template: Resource? = nil, config: Config = Config(values: [:]), apiClient: APIClient = .unavailable,
        documentStore: DocumentStore? = nil,
        timeSeries: TimeSeries? = nil, logger: Logger = Logger(label: "function"),
        activationID: String = String(repeating: "0", count: 32),
        deadline: Date? = nil
    ) {
        self.user = user
        self.company = company
        self.agent = agent
        self.asset = asset
        self.template = template
        self.config = config
        self.apiClient = apiClient
        self.documentStore = documentStore
        self.timeSeries = timeSeries
        self.logger = logger
        self.activationID = activationID
        self.deadline = deadline
    }
}

extension FunctionContext {
    /// The asset whose page the call comes from or, if there is none, the agent.
    ///
    /// - Throws: ``ContextError`` when the call has neither.
    public var agentOrAsset: Resource {
        get throws {
            guard let found = asset ?? agent else { throw ContextError(missing: "neither an agent nor an asset") }
            return found
        }
    }

    /// Returns a part of the context that the function needs, as in `try context.require(\.company)`.
    ///
    /// - Parameter part: the key path of the part.
    /// - Throws: ``ContextError`` that names the part when the call does not have it.
    public func require<Part>(_ part: KeyPath<FunctionContext, Part?>) throws -> Part {
        guard let found = self[keyPath: part] else { throw ContextError(missing: Self.absence(of: part)) }
        return found
    }

    private static func absence(of part: PartialKeyPath<FunctionContext>) -> String {
        switch part {
        case \.user: "no user"
        case \.company: "no company"
        case \.agent: "no agent"
        case \.asset: "no asset"
        case \.template: "no template"
        case \.documentStore: "no company, and so no document store"
        case \.timeSeries: "no company, and so no time series"
        case \.deadline: "no deadline"
        default: "nothing at \(part)"
        }
    }
}

/// An error for a call whose context lacks a part that the function needs.
public struct ContextError: Error, Sendable, CustomStringConvertible {
    /// The missing part, as in `no company`.
    public let missing: String

    public var description: String {
        "This call has \(missing): send it in the call's context, "
            + "as in {\"company\": {\"publicId\": \"…\", \"name\": \"…\"}}"
    }
}
