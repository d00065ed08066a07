import Glibc
package import Ingress
package import Logging
package import Values

/// The settings of a workspace.
///
/// - `functions` (path, flag or `CBC_PATH` only, default: ./functions): the folder of the functions; the folder that
///   holds it is the workspace's root.
/// - `bind` (text, optional, default: 127.0.0.1): the address to listen on.
/// - `port` (int, 0–65535, optional, default: 8020): the port to listen on; 0 for any free one.
/// - `log_level` (text, optional, default: INFO): trace, debug, info, notice, warning, error or critical, in any case.
/// - `workers_max` (int, 1–1024, optional, default: 4 × cores): worker processes at a time.
/// - `queue_max` (int, 0–100000, optional, default: 1000): calls that may wait for a worker.
/// - `worker_idle_timeout_ms` (int, 100–86400000, optional, default: 30000): the time that a worker stays idle before
///   it ends, in milliseconds.
/// - `function_memory_mb` (int, 32–1048576, optional, default: 256): resident memory that a call may use, in MB.
/// - `function_timeout_ms` (int, 100–300000, optional, default: 60000): the longest time that a call may take once a
///   worker has it, in milliseconds.
/// - `build_wait_ms` (int, 0–3600000, optional, default: 60000): the longest time that a call waits for a build, in
///   milliseconds.
/// - `document_store` (auto, container, mongod, none or a connection string, optional, default: auto): the place
///   where documents are kept.
/// - `document_db_port` (int, 1–65535, optional, default: 27017): the port of a MongoDB that the emulator runs;
///   another port is used when it is taken.
/// - `keep_data` (bool, optional, default: false): whether the documents in a MongoDB that the emulator runs are
///   there again after the next start.
/// - `allow_origin` (list or comma-separated text, optional): origins of pages that may call, in addition to the
///   loopback origins; `*` for all.
/// - `allow_host` (list or comma-separated text, optional): host names to answer for, in addition to the loopback
///   names.
/// - `api_client_base_url` (URL, optional, default: https://api.ayayot.com/): the address at which functions find the
///   cloud's API.
/// - `api_timeout_ms` (int, 100–300000, optional, default: 30000): the longest time that the API may take to answer,
///   in milliseconds.
/// - `api_stub` (path, optional): a folder of JSON files that answer in place of the API; relative to the workspace's
///   root.
/// - `api_record` (path, optional): a folder to which the API's answers are written, in the format of a stub.
/// - `api_access` (mapping, optional, `workspace.yaml` only): the resources of the API that functions may use, each
///   with `true` or a list of methods; all resources when the setting is missing.
/// - `production_mode` (bool, optional, default: false): whether only signed requests are answered, without console
///   and reload.
/// - `signature_public_keys` (comma-separated PEM, needed in production mode): Ed25519 public keys whose signatures
///   are accepted.
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
    /// The absolute path of the folder that answers in place of the API; nil when functions use the API itself.
    package var apiStub: String?
    /// The absolute path of the folder that the API's answers are written to; nil when they are not recorded.
    package var apiRecord: String?
    /// The methods that functions may use, by resource, `true` for all methods; nil when everything is allowed.
    package var apiAccess: JSONObject?
    /// The keys that may sign requests in production mode; nil in development.
    package var signatureKeys: [SignatureKey]?

    /// Creates the settings from their sources.
    ///
    /// - Throws: ``SettingsError``.
    package init(functionsFolder: String, sources: SettingSources) throws(SettingsError) {
        self.functionsFolder = functionsFolder
        bind = try sources.value(.bind, expected: "an address or a host name") { $0 } ?? "127.0.0.1"
        port = try sources.number(.port, in: 0...65535) ?? 8020
        logLevel =
            try sources.value(.logLevel, expected: Self.levels.joined(separator: ", "), parse: Self.level) ?? .info
        workersMax = try sources.number(.workersMax, in: 1...1024) ?? 4 * max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        queueMax = try sources.number(.queueMax, in: 0...100_000) ?? 1000
        workerIdleTime = .milliseconds(
            try sources.number(.workerIdleTimeoutMilliseconds, in: 100...86_400_000) ?? 30_000)
        functionMemory = (try sources.number(.functionMemoryMegabytes, in: 32...1_048_576) ?? 256) << 20
        functionTimeout = .milliseconds(try sources.number(.functionTimeoutMilliseconds, in: 100...300_000) ?? 60_000)
        buildWait = .milliseconds(try sources.number(.buildWaitMilliseconds, in: 0...3_600_000) ?? 60_000)
        documentStore =
            try sources.value(
                .documentStore, expected: "auto, container, mongod, none, or a connection string mongodb://…",
                parse: DocumentStoreChoice.init) ?? .auto
        documentDBPort = try sources.number(.documentDBPort, in: 1...65535) ?? 27017
        keepsData = try sources.value(.keepData, expected: "true, false, 1 or 0", parse: Self.flag) ?? false
        allowedOrigins = try sources.list(.allowOrigin)
        allowedHosts = try sources.list(.allowHost)
        apiClientBaseURL =
            try sources.value(.apiClientBaseURL, expected: "a URL, http://… or https://…") { text in
                text.hasPrefix("http://") || text.hasPrefix("https://") ? text : nil
            } ?? "https://api.ayayot.com/"
        apiTimeout = .milliseconds(try sources.number(.apiTimeoutMilliseconds, in: 100...300_000) ?? 30_000)
        let root = Self.root(ofFunctions: functionsFolder)
        func folder(_ key: SettingKey) throws(SettingsError) -> String? {
            try sources.value(key, expected: "a folder") { $0.isEmpty ? nil : $0.hasPrefix("/") ? $0 : "\(root)/\($0)" }
        }
        apiStub = try folder(.apiStub)
        apiRecord = try folder(.apiRecord)
        if apiStub != nil, apiRecord != nil { throw .stubAndRecord }
        if let apiStub, !Self.isFolder(apiStub) { throw .noStubFolder(apiStub) }
        apiAccess = try sources.mapping(.apiAccess).map(Self.access)
        let isProduction =
            try sources.value(.productionMode, expected: "true, false, 1 or 0", parse: Self.flag) ?? false
        let keys = try sources.value(.signaturePublicKeys, expected: "keys", parse: { $0 })
        signatureKeys = isProduction ? try Self.signatureKeys(keys) : nil
        if isProduction, apiStub != nil || apiRecord != nil { throw .stubInProduction }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// Checks the grants of `api_access`.
    private static func access(_ grants: JSONObject) throws(SettingsError) -> JSONObject {
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

    private static func signatureKeys(_ text: String?) throws(SettingsError) -> [SignatureKey] {
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

    /// Returns the folder that holds the functions' folder, to be put before `/name`: empty for the root of the file
    /// system.
    package static func root(ofFunctions folder: String) -> String {
        folder.split(separator: "/").dropLast().map { "/\($0)" }.joined()
    }

    private static let levels = Logger.Level.allCases.map { $0.rawValue.uppercased() }

    private static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }

    /// Returns the level with a name; Python's names are accepted as well, because the settings come from Python.
    private static func level(_ text: String) -> Logger.Level? {
        switch text.lowercased() {
        case "warn": .warning
        case "fatal": .critical
        case "notset": .trace
        case let name: Logger.Level(rawValue: name)
        }
    }
}

extension SettingSources {
    fileprivate func number(_ key: SettingKey, in range: ClosedRange<Int>) throws(SettingsError) -> Int? {
        try value(key, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    fileprivate func list(_ key: SettingKey) throws(SettingsError) -> [String] {
        try value(key, expected: "a list with commas") { text in
            text.split(separator: ",").map { $0.trimmingPrefix(while: \.isWhitespace) }.map { part in
                String(part.reversed().drop(while: \.isWhitespace).reversed())
            }.filter { !$0.isEmpty }
        } ?? []
    }
}
