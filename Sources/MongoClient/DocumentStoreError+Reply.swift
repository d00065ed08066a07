import CMongoC
import Documents

extension DocumentStoreError {
    /// Makes an error of what libmongoc and the server say.
    ///
    /// - Parameter reply: what the server answered; empty when it did not.
    init(_ error: bson_error_t, reply: BSONDocument) {
        let message = MongoLibrary.message(of: error)
        let writeErrors = reply["writeErrors"]?.list.map(WriteError.init) ?? []
        let domain = mongoc_error_domain_t(rawValue: error.domain)
        if domain == MONGOC_ERROR_SERVER_SELECTION || domain == MONGOC_ERROR_STREAM {
            self.init(.unavailable, message, remedy: "Look at the state of the document store: GET /_/health.")
        } else if let first = writeErrors.first {
            self.init(.writeFailed, first.message, code: first.code, writeErrors: writeErrors)
        } else if domain == MONGOC_ERROR_SERVER || domain == MONGOC_ERROR_WRITE_CONCERN || reply["code"] != nil {
            self.init(.refused, message, code: Int(error.code), codeName: reply["codeName"]?.text)
        } else {
            self.init(.invalidDocument, message)
        }
    }
}

extension DocumentStoreError.WriteError {
    fileprivate init(_ value: BSONValue) {
        var fields = BSONDocument()
        if case .document(let document) = value { fields = document }
        self.init(
            index: fields["index"]?.number ?? 0, code: fields["code"]?.number ?? 0,
            message: fields["errmsg"]?.text ?? "no reason given")
    }
}

extension BSONValue {
    fileprivate var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    fileprivate var number: Int? {
        switch self {
        case .int32(let number): Int(number)
        case .int64(let number): Int(number)
        default: nil
        }
    }

    fileprivate var list: [BSONValue] {
        if case .array(let list) = self { list } else { [] }
    }
}
