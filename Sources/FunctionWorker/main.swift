import CloudFunctions
import Dispatch
import Glibc
import MongoClient
import WorkerProtocol

/// Runs one plugin's functions for the emulator that started this process; see `CONTRIBUTING.md`, "A call's way".
///
/// Usage: `FunctionWorker PLUGIN FUNCTIONS_FOLDER`, with the descriptors of `WorkerDescriptor` open.
guard CommandLine.arguments.count == 3 else {
    print("FunctionWorker is started by the emulator; to run your functions type: make run")
    exit(2)
}
MongoClient.removeSharedMemory()
WorkerProcess.prepare()
let results = ResultWriter(descriptor: WorkerDescriptor.results)
WorkerLogHandler.install(results)
do {
    let plugin = try Plugin(path: CommandLine.arguments[1])
    let throwPlaces = ThrowPlaces(of: plugin, functionsFolder: CommandLine.arguments[2])
    let root = CommandLine.arguments[2].split(separator: "/").dropLast().map { "/\($0)" }.joined()
    let executor = CallExecutor()
    let currentCall = CurrentCall()
    let documentStore = DocumentStoreAccess(isByRequest: WorkerAPI.isProduction)
    ControlThread.start(
        descriptor: WorkerDescriptor.control, currentCall: currentCall, documentStore: documentStore)
    let loop = CallLoop(
        plugin: plugin, calls: CallsPipe(descriptor: WorkerDescriptor.calls), results: results, executor: executor,
        currentCall: currentCall, documentStore: documentStore, api: WorkerAPI(root: root), throwPlaces: throwPlaces)
    let thread = startThread {
        useAlternateSignalStack()
        loop.run()
    }
    precondition(thread != nil, "A worker needs its threads")
} catch {
    results.send(.loadFailed, error)
    exit(1)
}
// A blocked main thread would deadlock functions on the main actor.
dispatchMain()
