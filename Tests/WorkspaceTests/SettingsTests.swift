import Foundation
import Logging
import Failures
import StoreServer
import TestSupport
import Testing
import Values

@testable import Workspace

@Suite(.supervised)
struct SettingsTests {
    private func settings(
        flags: [SettingKey: String] = [:], environment: [String: String] = [:], file: JSONObject = [:]
    ) throws(Failure) -> Settings {
        try Settings(
            functionsFolder: "/w/functions",
            sources: SettingSources(flags: flags, environment: environment, file: file))
    }

    @Test func haveDefaults() throws {
        let settings = try settings()
        #expect(settings.bind == "127.0.0.1")
        #expect(settings.port == 8020)
        #expect(settings.logLevel == .info)
        #expect(settings.buildWait == .seconds(60))
        #expect(settings.functionTimeout == .seconds(60))
        #expect(settings.workersMax.isMultiple(of: 4))
        #expect(settings.documentStore == .auto)
        #expect(settings.documentDBPort == 27017)
        #expect(settings.apiClientBaseURL == "https://api.ayayot.com/")
        #expect(settings.signatureKeys == nil && !settings.keepsData)
        #expect(settings.allowedOrigins.isEmpty && settings.allowedHosts.isEmpty)
        #expect(settings.functionMemory == 256 << 20)
        #expect(settings.workerIdleTime == .seconds(30))
        #expect(settings.queueMax == 1000 && settings.apiTimeout == .seconds(30))
        #expect(settings.apiStub == nil && settings.apiRecord == nil && settings.apiAccess == nil)
        #expect(Settings.root(ofFunctions: settings.functionsFolder) == "/w")
        #expect(Settings.root(ofFunctions: "/functions") == "")
    }

    @Test func flagsComeBeforeEnvironmentBeforeFile() throws {
        let environment = ["HTTP_SERVER_PORT": "2", "LOGGER_LOG_LEVEL": "WARNING"]
        let file: JSONObject = ["port": 3, "workers_max": 3, "log_level": "debug"]
        let settings = try settings(flags: [.port: "1"], environment: environment, file: file)
        #expect(settings.port == 1)
        #expect(settings.logLevel == .warning)
        #expect(settings.workersMax == 3)
    }

    @Test func eachSourceComesBeforeTheNext() throws {
        var sources: (flags: [SettingKey: String], environment: [String: String], file: JSONObject) =
            ([.functionTimeoutMilliseconds: "1000"], ["FUNCTION_TIMEOUT_MS": "2000"], ["function_timeout_ms": 3000])
        func timeout() throws -> Duration {
            try settings(flags: sources.flags, environment: sources.environment, file: sources.file).functionTimeout
        }
        #expect(try timeout() == .seconds(1))
        sources.flags = [:]
        #expect(try timeout() == .seconds(2))
        sources.environment = ["FUNCTION_TIMEOUT_MS": ""]
        #expect(try timeout() == .seconds(3))
        sources.file = [:]
        #expect(try timeout() == .seconds(60))
    }

    @Test func theVariablesHaveTheNamesOfTheReference() {
        let names = Dictionary(uniqueKeysWithValues: SettingKey.allCases.map { ($0.rawValue, $0.environmentName) })
        #expect(
            names == [
                "functions": "CBC_PATH", "bind": "HTTP_SERVER_BIND", "port": "HTTP_SERVER_PORT",
                "log-level": "LOGGER_LOG_LEVEL", "workers-max": "WORKERS_MAX", "queue-max": "QUEUE_MAX",
                "worker-idle-timeout-ms": "WORKER_IDLE_TIMEOUT_MS", "function-memory-mb": "FUNCTION_MEMORY_MB",
                "function-timeout-ms": "FUNCTION_TIMEOUT_MS", "build-wait-ms": "BUILD_WAIT_MS",
                "document-store": "DOCUMENT_STORE", "document-db-port": "DOCUMENT_DB_PORT", "keep-data": "KEEP_DATA",
                "allow-origin": "ALLOW_ORIGIN", "allow-host": "ALLOW_HOST",
                "api-client-base-url": "API_CLIENT_BASE_URL", "api-timeout-ms": "API_TIMEOUT_MS",
                "api-stub": "API_STUB", "api-record": "API_RECORD",
                "api-access": "API_ACCESS", "production-mode": "PRODUCTION_MODE",
                "signature-public-keys": "CBC_SIGNATURE_PUBLIC_KEYS",
            ])
    }

    @Test(arguments: [("99", false), ("100", true), ("300000", true), ("300001", false), ("1.5", false), ("", true)])
    func timeoutsHaveBounds(text: String, isTaken: Bool) {
        #expect(((try? settings(environment: ["FUNCTION_TIMEOUT_MS": text])) != nil) == isTaken)
    }

    @Test(arguments: [
        (SettingKey.port, 0, 65_535), (.workersMax, 1, 1024), (.queueMax, 0, 100_000),
        (.workerIdleTimeoutMilliseconds, 100, 86_400_000), (.functionMemoryMegabytes, 32, 1_048_576),
        (.functionTimeoutMilliseconds, 100, 300_000), (.buildWaitMilliseconds, 0, 3_600_000),
        (.documentDBPort, 1, 65_535), (.apiTimeoutMilliseconds, 100, 300_000),
    ])
    func numbersHaveBounds(key: SettingKey, least: Int, most: Int) throws {
        for number in [least, most] { _ = try settings(flags: [key: "\(number)"]) }
        for number in [least - 1, most + 1] {
            #expect(throws: Failure.self) { try settings(flags: [key: "\(number)"]) }
        }
    }

    @Test(arguments: ["0", "false", "FALSE", "False"])
    func developmentNeedsNoKeys(text: String) throws {
        #expect(try settings(environment: ["PRODUCTION_MODE": text]).signatureKeys == nil)
        #expect(throws: Failure.noSignatureKeys) {
            try settings(flags: [.productionMode: "true"], environment: ["PRODUCTION_MODE": text])
        }
    }

    @Test(arguments: ["WARN", "WARNING", "warning"])
    func levelsHavePythonsNames(text: String) throws {
        #expect(try settings(environment: ["LOGGER_LOG_LEVEL": text]).logLevel == .warning)
        #expect(try settings(environment: ["LOGGER_LOG_LEVEL": "FATAL"]).logLevel == .critical)
    }

    @Test(arguments: [
        (SettingKey.allowOrigin, "portal.example"), (.allowOrigin, "https://a, https://*.b"),
        (.allowHost, "https://portal.example"),
    ])
    func valuesThatCanMatchNothingAreRefused(key: SettingKey, value: String) {
        let error = #expect(throws: Failures.Failure.self) { try settings(flags: [key: value]) }
        #expect(error?.code == .invalidSetting && error?.message.contains(value) == true, "\(error?.message ?? "")")
    }

    @Test func listsAreSplitAtCommas() throws {
        let origins = try settings(environment: ["ALLOW_ORIGIN": " https://a:443 , http://b/,,"]).allowedOrigins
        #expect(origins == ["https://a", "http://b"])
        #expect(try settings(file: ["allow_host": ["x", "y"]]).allowedHosts == ["x", "y"])
    }

    @Test(arguments: [
        (["port": "80200"], "'80200' is no value for --port: it takes a whole number from 0 to 65535"),
        (
            ["log-level": "loud"],
            "'loud' is no value for --log-level: it takes TRACE, DEBUG, INFO, NOTICE, WARNING, ERROR, CRITICAL"
        ),
        (["workers-max": "many"], "'many' is no value for --workers-max: it takes a whole number from 1 to 1024"),
    ])
    func aWrongValueIsNamed(flags: [String: String], message: String) {
        let keys = Dictionary(
            uniqueKeysWithValues: flags.compactMap { key, value in SettingKey(rawValue: key).map { ($0, value) } })
        let error = #expect(throws: Failure.self) { try settings(flags: keys) }
        #expect(error?.message == message)
    }

    @Test func anUnknownKeyOfTheFileIsNamedWithTheValidOnes() {
        let error = #expect(throws: Failure.self) { try settings(file: ["prot": 1]) }
        #expect(error?.message.contains("'prot'") == true)
        #expect(error?.message.contains("bind, port, log_level") == true)
    }

    @Test func aWrongTypeInTheFileIsNamed() {
        let error = #expect(throws: Failure.self) { try settings(file: ["port": ["a": 1]]) }
        #expect(error?.message.contains("port in workspace.yaml") == true)
    }

    @Test(arguments: [
        ([:], [:], "/here/functions"), ([SettingKey.functions: "../x/f"], [:], "/x/f"),
        ([:], ["CBC_PATH": "./a/./b/"], "/here/a/b"), ([:], ["CBC_PATH": ""], "/here/functions"),
        ([.functions: "/abs/f/"], ["CBC_PATH": "z"], "/abs/f"),
    ])
    func findsTheFunctionsFolder(flags: [SettingKey: String], environment: [String: String], expected: String) {
        #expect(
            Settings.functionsFolder(flags: flags, environment: environment, currentFolder: "/here") == expected)
    }

    @Test func thePageOfSettingsIsTheirTable() throws {
        let page = try String(contentsOfFile: inPackage("docs/settings.md"), encoding: .utf8)
        #expect(page == SettingKey.document, "run .build/workspace settings > docs/settings.md")
        for key in SettingKey.allCases {
            if key.hasFlag { #expect(page.contains("`--\(key.rawValue)` | `\(key.environmentName)`")) }
            if let name = key.fileKey { #expect(page.contains("| `\(name)` |")) }
        }
    }
}
