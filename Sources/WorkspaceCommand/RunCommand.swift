import ArgumentParser
import Workspace

/// The command `workspace run`.
struct RunCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Builds the functions, serves them and reloads them on save.",
        discussion: "Each setting may also stand in the environment or in workspace.yaml; a flag comes first.")

    @Option(name: .setting(.functions), help: .setting(.functions))
    var functions: String?
    @Option(name: .setting(.bind), help: .setting(.bind))
    var bind: String?
    @Option(name: .setting(.port), help: .setting(.port))
    var port: String?
    @Option(name: .setting(.logLevel), help: .setting(.logLevel))
    var logLevel: String?
    @Option(name: .setting(.workersMax), help: .setting(.workersMax))
    var workersMax: String?
    @Option(name: .setting(.queueMax), help: .setting(.queueMax))
    var queueMax: String?
    @Option(name: .setting(.workerIdleTimeoutMilliseconds), help: .setting(.workerIdleTimeoutMilliseconds))
    var workerIdleTimeoutMs: String?
    @Option(name: .setting(.functionMemoryMegabytes), help: .setting(.functionMemoryMegabytes))
    var functionMemoryMb: String?
    @Option(name: .setting(.functionTimeoutMilliseconds), help: .setting(.functionTimeoutMilliseconds))
    var functionTimeoutMs: String?
    @Option(name: .setting(.buildWaitMilliseconds), help: .setting(.buildWaitMilliseconds))
    var buildWaitMs: String?
    @Option(name: .setting(.documentStore), help: .setting(.documentStore))
    var documentStore: String?
    @Option(name: .setting(.documentDBPort), help: .setting(.documentDBPort))
    var documentDbPort: String?
    @Flag(name: .setting(.keepData), inversion: .prefixedNo, help: .setting(.keepData))
    var keepData: Bool?
    @Option(name: .setting(.allowOrigin), help: .setting(.allowOrigin))
    var allowOrigin: String?
    @Option(name: .setting(.allowHost), help: .setting(.allowHost))
    var allowHost: String?
    @Option(name: .setting(.apiClientBaseURL), help: .setting(.apiClientBaseURL))
    var apiClientBaseUrl: String?
    @Option(name: .setting(.apiTimeoutMilliseconds), help: .setting(.apiTimeoutMilliseconds))
    var apiTimeoutMs: String?
    @Option(name: .setting(.apiStub), help: .setting(.apiStub))
    var apiStub: String?
    @Option(name: .setting(.apiRecord), help: .setting(.apiRecord))
    var apiRecord: String?
    @Flag(name: .setting(.productionMode), inversion: .prefixedNo, help: .setting(.productionMode))
    var productionMode: Bool?
    @Option(name: .setting(.signaturePublicKeys), help: .setting(.signaturePublicKeys))
    var signaturePublicKeys: String?

    @Flag(help: .hidden)
    var optimise = false

    func run(on commandLine: CommandLine) async throws {
        let flags: [SettingKey: String?] = [
            .functions: functions, .bind: bind, .port: port, .logLevel: logLevel, .workersMax: workersMax,
            .queueMax: queueMax,
            .workerIdleTimeoutMilliseconds: workerIdleTimeoutMs, .functionMemoryMegabytes: functionMemoryMb,
            .functionTimeoutMilliseconds: functionTimeoutMs, .buildWaitMilliseconds: buildWaitMs,
            .documentStore: documentStore, .documentDBPort: documentDbPort, .keepData: keepData.map(String.init),
            .allowOrigin: allowOrigin,
            .allowHost: allowHost, .apiClientBaseURL: apiClientBaseUrl, .apiTimeoutMilliseconds: apiTimeoutMs,
            .apiStub: apiStub, .apiRecord: apiRecord,
            .productionMode: productionMode.map(String.init),
            .signaturePublicKeys: signaturePublicKeys,
        ]
        try await commandLine.run(flags: flags.compactMapValues(\.self), optimises: optimise)
    }
}

extension NameSpecification {
    /// The flag of a setting.
    fileprivate static func setting(_ key: SettingKey) -> NameSpecification { .customLong(key.rawValue) }
}

extension ArgumentHelp {
    /// The table's description of a setting.
    fileprivate static func setting(_ key: SettingKey) -> ArgumentHelp { ArgumentHelp(stringLiteral: key.help) }
}
