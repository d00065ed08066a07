import Values
import WorkerProtocol

/// The thread that listens to the emulator while a function runs.
///
/// It cancels calls, passes on the document store's state, and ends this process when the emulator is gone.
enum ControlThread {
    static func start(descriptor: Int32, currentCall: CurrentCall, documentStore: DocumentStoreAccess) {
        let thread = startThread {
            var reader = MessageReader(descriptor: descriptor)
            do {
                while let message = try reader.next() {
                    switch ControlMessage(rawValue: message.header.kind) {
                    case .cancel: currentCall.cancel(message.header.activationID)
                    case .documentStore:
                        let json = (try? JSONValue(parsing: message.payload))?.object
                        if let state = json.flatMap(DocumentStoreState.init(json:)) { documentStore.changed(to: state) }
                    case nil: throw ProtocolError.unknownKind(message.header.kind)
                    }
                }
            } catch {
                // The bytes are not a message. Nothing can be read from here on, as if the emulator were gone.
            }
            // The emulator is gone, for whatever reason, and nothing of this worker may stay.
            WorkerProcess.end()
        }
        precondition(thread != nil, "A worker needs its threads")
    }
}
