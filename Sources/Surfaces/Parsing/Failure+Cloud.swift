package import Failures
import Values

extension Failure {
    /// The text that the cloud returns in place of an error for a function that does not exist, and for an operation
    /// that MongoDB refused. It is nil for all other failures.
    package var cloudText: String? {
        switch code {
        case .functionNotFound: message
        case .documentStoreOperationFailed:
            if case .documentStore(let codeName?, _) = details {
                "Document DB operation failure: \(codeName)"
            } else {
                "Document DB operation failure"
            }
        default: nil
        }
    }
}
