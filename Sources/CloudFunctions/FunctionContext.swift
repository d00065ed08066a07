@_exported public import Documents
@_exported public import Values

public import FoundationEssentials
public import Logging

/// All that a function knows about the call it serves.
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
    /// Who calls; nil when no user does.
    public var user: Resource?

    /// The company that the call is made in; nil when there is none.
    public var company: Resource?

    /// The agent (a device) whose page the call comes from; nil when it comes from elsewhere.
    public var agent: Resource?

    /// The asset whose page the call comes from; nil when it comes from elsewhere.
    public var asset: Resource?

    /// The page template that the call comes from; nil when it comes from elsewhere.
    public var template: Resource?

    /// The values of `context_values.yaml`, with those of the request over them.
    public var config: Config

    /// Asks the cloud's API, with the rights of this call.
    public var apiClient: APIClient

    /// Documents of the call's company; nil for a call without a company.
    public var documentStore: DocumentStore?

    /// Measurements of the call's company, beside its documents; nil for a call without a company.
    public var timeSeries: TimeSeries?

    /// Writes log lines that belong to this call.
    public var logger: Logger

    /// The identity of this call: 32 hexadecimal digits, also in the answer's `Ingress-Activation-Id` header.
    public var activationID: String

    /// HTTP headers for calls that the function itself makes of functions: with them a call is served although all workers are busy, so that
    /// the function cannot wait for itself.
    public var nestedCallHeaders: [String: String] { ["Ingress-Parent-Activation-Id": activationID] }

    /// When the call ends at the latest; nil when it may take as long as it likes.
    public var deadline: Date?

    /// Creates a context, for tests of functions: workers make the real ones.
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
    /// The asset or the agent whose page the call comes from, the asset first.
    ///
    /// - Throws: ``ContextError`` when the call has neither.
    public var agentOrAsset: Resource {
        get throws {
            guard let found = asset ?? agent else { throw ContextError(missing: "neither an agent nor an asset") }
            return found
        }
    }

    /// A part of the context that the function cannot do without, as in `try context.require(\.company)`.
    ///
    /// - Throws: ``ContextError`` that names the part, when the call does not have it.
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

/// A call whose context lacks what the function needs.
public struct ContextError: Error, Sendable, CustomStringConvertible {
    /// What is not there, as in `no company`.
    public let missing: String

    public var description: String {
        "This call has \(missing): send it in the call's context, as in {\"company\": {\"publicId\": \"…\", \"name\": \"…\"}}"
    }
}
