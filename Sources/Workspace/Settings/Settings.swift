package import Failures
import Glibc
package import Ingress
package import Logging
import SystemSupport
package import StoreServer
package import Values

/// The settings of a workspace. ``SettingKey/row`` describes the values that each takes.
package struct Settings: Sendable {
    /// The absolute path of the functions' folder.
    package var functionsFolder: String
    package var bind: String
    package var port: Int
    package var logLevel: Logger.Level
    package var workersMax: Int
    package var queueMax: Int
    package var functionTimeout: Duration
    /// The memory that a call may use, in bytes.
    package var functionMemory: Int
    package var workerIdleTime: Duration
    package var buildWait: Duration
    package var documentStore: DocumentStoreChoice
    package var documentDBPort: Int
    package var keepsData: Bool
    package var allowedOrigins: [String]
    package var allowedHosts: [String]
    package var apiClientBaseURL: String
    package var apiTimeout: Duration
    /// The absolute path of the folder that answers in place of the API, or nil if functions use the API itself.
    package var apiStub: String?
    /// The absolute path of the folder that the API's answers are written to, or nil if they are not recorded.
    package var apiRecord: String?
    /// The methods that functions may use, by resource, with `true` for all methods, or nil if everything is allowed.
    package var apiAccess: JSONObject?
    /// The keys that may sign requests in production mode, or nil in development.
    package var signatureKeys: [SignatureKey]?

    /// Creates the settings from their sources.
    ///
    /// - Throws: ``Failure``.
    package init(functionsFolder: String, sources: SettingSources) throws(Failure) {
        self.functionsFolder = functionsFolder
        bind = try sources.text(.bind) ?? ""
        port = try sources.number(.port)
        logLevel = try sources.text(.logLevel, parse: Self.level) ?? .info
        workersMax = try sources.number(.workersMax, standard: 4 * max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        queueMax = try sources.number(.queueMax)
        workerIdleTime = .milliseconds(try sources.number(.workerIdleTimeoutMilliseconds))
        functionMemory = try sources.number(.functionMemoryMegabytes) << 20
        functionTimeout = .milliseconds(try sources.number(.functionTimeoutMilliseconds))
        buildWait = .milliseconds(try sources.number(.buildWaitMilliseconds))
        documentStore = try sources.text(.documentStore, parse: DocumentStoreChoice.init) ?? .auto
        documentDBPort = try sources.number(.documentDBPort)
        keepsData = try sources.flag(.keepData)
        allowedOrigins = try sources.list(
            .allowOrigin, of: "origins such as https://portal.example:8443", parse: AllowedOrigin.origin)
        allowedHosts = try sources.list(.allowHost, of: "host names such as portal.example", parse: AllowedOrigin.host)
        apiClientBaseURL =
            try sources.text(.apiClientBaseURL) { text in
                text.hasPrefix("http://") || text.hasPrefix("https://") ? text : nil
            } ?? ""
        apiTimeout = .milliseconds(try sources.number(.apiTimeoutMilliseconds))
        let root = Self.root(ofFunctions: functionsFolder)
        func folder(_ key: SettingKey) throws(Failure) -> String? {
            try sources.value(key, expected: "a folder") { $0.isEmpty ? nil : $0.hasPrefix("/") ? $0 : "\(root)/\($0)" }
        }
        apiStub = try folder(.apiStub)
        apiRecord = try folder(.apiRecord)
        if apiStub != nil, apiRecord != nil { throw .stubAndRecord }
        if let apiStub, !FileStamp.isFolder(apiStub) { throw .noStubFolder(apiStub) }
        apiAccess = try sources.mapping(.apiAccess).map(Self.access)
        let isProduction = try sources.flag(.productionMode)
        let keys = try sources.text(.signaturePublicKeys)
        signatureKeys = isProduction ? try Self.signatureKeys(keys) : nil
        if isProduction, apiStub != nil || apiRecord != nil { throw .stubInProduction }
    }

    private static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// Checks the grants of `api_access`.
    private static func access(_ grants: JSONObject) throws(Failure) -> JSONObject {
        var checked: JSONObject = [:]
        for (rel, methods) in grants {
            if methods == true {
                checked[rel] = true
                continue
            }
            let list = methods.array?.compactMap { $0.string?.uppercased() } ?? []
            guard !list.isEmpty, list.count == methods.array?.count, list.allSatisfy(Self.methods.contains) else {
                throw .invalid(
                    "\(methods)", source: "api_access: \(rel) in workspace.yaml",
                    expected: "true for all methods, or a list of \(Self.methods.joined(separator: ", "))")
            }
            checked[rel] = .array(list.map(JSONValue.string))
        }
        return checked
    }

    private static func signatureKeys(_ text: String?) throws(Failure) -> [SignatureKey] {
        guard let text else { throw .noSignatureKeys }
        do throws(SignatureKeyProblem) {
            return try SignatureKey.keys(pem: text)
        } catch {
            throw .signatureKey(error)
        }
    }

    /// Returns the absolute path of the functions' folder, from a flag or the environment.
    package static func functionsFolder(
        flags: [SettingKey: String], environment: [String: String], currentFolder: String
    ) -> String {
        let variable = environment[SettingKey.functions.environmentName].flatMap { $0.isEmpty ? nil : $0 }
        let path = flags[.functions] ?? variable ?? "functions"
        let absolute = path.hasPrefix("/") ? path : "\(currentFolder)/\(path)"
        return "/"
            + absolute.split(separator: "/").reduce(into: [Substring]()) { parts, part in
                switch part {
                case ".": break
                case "..": _ = parts.popLast()
                default: parts.append(part)
                }
            }.joined(separator: "/")
    }

    /// Returns the folder that holds the functions' folder, without a slash at the end. It is empty for the root of the
    /// file system.
    package static func root(ofFunctions folder: String) -> String {
        folder.split(separator: "/").dropLast().map { "/\($0)" }.joined()
    }

    static let levels = Logger.Level.allCases.map { $0.rawValue.uppercased() }

    /// Returns the level with the given name. Python's names are accepted as well, because the settings come from
    /// Python.
    private static func level(_ text: String) -> Logger.Level? {
        switch text.lowercased() {
        case "warn": .warning
        case "fatal": .critical
        case "notset": .trace
        case let name: Logger.Level(rawValue: name)
        }
    }
}
