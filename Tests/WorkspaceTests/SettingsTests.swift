import Logging
import Testing
import Values

@testable import Workspace

struct SettingsTests {
    private func settings(
        flags: [SettingKey: String] = [:], environment: [String: String] = [:], file: JSONObject = [:]
    ) throws(SettingsError) -> Settings {
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
        #expect(settings.functionMemory == 1 << 30)
        #expect(settings.workerIdleTime == .seconds(60))
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

    @Test func listsAreSplitAtCommas() throws {
        #expect(try settings(environment: ["ALLOW_ORIGIN": " a , b,,"]).allowedOrigins == ["a", "b"])
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
        let error = #expect(throws: SettingsError.self) { try settings(flags: keys) }
        #expect(error?.description == message)
    }

    @Test func anUnknownKeyOfTheFileIsNamedWithTheValidOnes() {
        let error = #expect(throws: SettingsError.self) { try settings(file: ["prot": 1]) }
        #expect(error?.description.contains("'prot'") == true)
        #expect(error?.description.contains("bind, port, log_level") == true)
    }

    @Test func aWrongTypeInTheFileIsNamed() {
        let error = #expect(throws: SettingsError.self) { try settings(file: ["port": ["a": 1]]) }
        #expect(error?.description.contains("port in workspace.yaml") == true)
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
}
