import CMongoC
import Documents
import Logging
import Synchronization

/// The parts of libmongoc that exist once per process.
enum MongoLibrary {
    private static let logger = Mutex<Logger?>(nil)

    /// The start of libmongoc, which is done once, when the first client is created.
    private static let started: Void = {
        unsafe mongoc_log_set_handler(
            { _, domain, message, _ in
                // The level of libmongoc's own messages is dropped, because its warnings are of no concern to a
                // developer of functions.
                guard let logger = MongoLibrary.logger.withLock({ $0 }), let domain = unsafe domain,
                    let message = unsafe message
                else { return }
                logger.debug(
                    "MongoDB's driver says",
                    metadata: [
                        "domain": "\(unsafe String(cString: domain))", "text": "\(unsafe String(cString: message))",
                    ])
            }, nil)
        mongoc_init()
    }()

    /// Starts libmongoc unless it has started. From then on, its log goes to the given logger or, if that is nil, to
    /// the previous one. Without any logger, it goes nowhere.
    static func start(logger new: Logger?) {
        logger.withLock { $0 = new ?? $0 }
        _ = started
    }

    /// Returns the text of an error.
    static func message(of error: bson_error_t) -> String {
        var message = error.message
        return unsafe withUnsafeBytes(of: &message) {
            unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
