import Values
import WorkerProtocol

/// Listens to the ingress while a function runs: cancels calls, says where the document store is, and ends this process when the
/// ingress is gone.
enum ControlThread {
    static func start(descriptor: Int32, currentCall: CurrentCall, documentStore: DocumentStoreAccess) {
        let thread = startThread {
            var reader = MessageReader(descriptor: descriptor)
            do {
                while try reader.next({ kind, payload throws(ProtocolError) in
                    switch ControlMessage(rawValue: kind) {
                    case .cancel: currentCall.cancel(try ActivationID(decoding: payload))
                    case .documentStore:
                        let json = (try? JSONValue(parsing: payload))?.object
                        if let state = json.flatMap(DocumentStoreState.init(json:)) { documentStore.changed(to: state) }
                    case nil: throw .unknownKind(kind)
                    }
                }) {}
            } catch {
                // Bytes that are no message: nothing can be read from here on, as if the ingress were gone.
            }
            // The ingress is gone, however it went: nothing of this worker may stay.
            WorkerProcess.end()
        }
        precondition(thread != nil, "A worker needs its threads")
    }
}
