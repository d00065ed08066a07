import ArgumentParser
import Workspace

/// The command `workspace run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Builds the functions, serves them and reloads them on save.",
        discussion: "Each setting may also stand in the environment or in workspace.yaml; a flag comes first.")

    @Option(help: "The functions' folder; the folder that holds it is the workspace. (CBC_PATH, default: ./functions)")
    var functions: String?
    @Option(help: "The address to listen on. (HTTP_SERVER_BIND, default: 127.0.0.1)")
    var bind: String?
    @Option(help: "The port to listen on, 0 for any free one. (HTTP_SERVER_PORT, default: 8020)")
    var port: String?
    @Option(help: "trace, debug, info, notice, warning, error or critical. (LOGGER_LOG_LEVEL, default: info)")
    var logLevel: String?
    @Option(help: "How many worker processes may run. (WORKERS_MAX, default: 4 x cores)")
    var workersMax: String?
    @Option(help: "How many calls may wait for a worker. (QUEUE_MAX, default: 1000)")
    var queueMax: String?
    @Option(
        help: "How long a worker stays idle before it ends, in milliseconds. (WORKER_IDLE_TIMEOUT_MS, default: 30000)")
    var workerIdleTimeoutMs: String?
    @Option(help: "How much memory a call may use, in megabytes. (FUNCTION_MEMORY_MB, default: 256)")
    var functionMemoryMb: String?
    @Option(help: "How long a call may take, in milliseconds. (FUNCTION_TIMEOUT_MS, default: 60000)")
    var functionTimeoutMs: String?
    @Option(help: "How long a call waits for a build, in milliseconds. (BUILD_WAIT_MS, default: 60000)")
    var buildWaitMs: String?
    @Option(help: "auto, container, mongod, none, or mongodb://… (DOCUMENT_STORE, default: auto)")
    var documentStore: String?
    @Option(help: "The port of a MongoDB of ours, if it is free. (DOCUMENT_DB_PORT, default: 27017)")
    var documentDbPort: String?
    @Flag(
        inversion: .prefixedNo,
        help: "Have the documents again after the next start. (KEEP_DATA, default: empty at each start)")
    var keepData: Bool?
    @Option(help: "Origins of web pages that may call, with commas, * for all. (ALLOW_ORIGIN, default: loopback)")
    var allowOrigin: String?
    @Option(help: "Host names to answer for, with commas. (ALLOW_HOST, default: loopback)")
    var allowHost: String?
    @Option(help: "Where functions find the cloud's API. (API_CLIENT_BASE_URL, default: https://api.ayayot.com/)")
    var apiClientBaseUrl: String?
    @Option(help: "How long the API may take to answer, in milliseconds. (API_TIMEOUT_MS, default: 30000)")
    var apiTimeoutMs: String?
    @Option(help: "A folder of JSON files that answer in place of the API. (API_STUB)")
    var apiStub: String?
    @Option(help: "A folder to write the API's answers to, for --api-stub. (API_RECORD)")
    var apiRecord: String?
    @Flag(
        inversion: .prefixedNo,
        help: "Answer only signed requests, without console and reload. (PRODUCTION_MODE)")
    var productionMode: Bool?
    @Option(
        help:
            "Ed25519 public keys (PEM, with commas) that count then; after =, they begin with dashes. (CBC_SIGNATURE_PUBLIC_KEYS)"
    )
    var signaturePublicKeys: String?

    @Flag(help: .hidden)
    var optimise = false

    func run() async throws {
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
        try await CommandLineEntry.run(flags: flags.compactMapValues(\.self), optimises: optimise)
    }
}
