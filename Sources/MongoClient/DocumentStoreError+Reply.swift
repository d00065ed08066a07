import CMongoC
import Documents

extension DocumentStoreError {
    /// Creates an error from the reports of libmongoc and the server.
    ///
    /// - Parameters:
    ///   - reply: the server's answer; empty if there was none.
    ///   - remedy: the way to bring the server up.
    init(_ error: bson_error_t, reply: BSONDocument, remedy: String) {
        let message = MongoLibrary.message(of: error)
        let (code, codeName) = (Int(error.code), reply["codeName"]?.string)
        switch mongoc_error_domain_t(rawValue: error.domain) {
        case MONGOC_ERROR_SERVER, MONGOC_ERROR_WRITE_CONCERN:
            let isGone = Self.codesOfServersThatGo.contains(code)
            self.init(
                isGone ? .unavailable : .refused, message, code: code, codeName: codeName, reply: reply,
                remedy: isGone ? remedy : nil)
        case MONGOC_ERROR_BSON, MONGOC_ERROR_COMMAND, MONGOC_ERROR_CURSOR, MONGOC_ERROR_QUERY, MONGOC_ERROR_COLLECTION:
            self.init(.invalidDocument, message)
        case MONGOC_ERROR_CLIENT where error.code == MONGOC_ERROR_CLIENT_AUTHENTICATE.rawValue:
            self.init(
                .unavailable, message,
                remedy: "Look at user, password and authSource in the connection string.")
        default: self.init(.unavailable, message, remedy: remedy)
        }
    }

    /// The codes of servers that are ending or have handed over to another, so that the next try may succeed.
    ///
    /// Source: MongoDB's specification "Retryable Reads", without the codes of connections.
    private static let codesOfServersThatGo: Set = [91, 189, 10107, 11600, 11602, 13435, 13436]
}
