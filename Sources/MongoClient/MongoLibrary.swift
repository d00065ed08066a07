import CMongoC
import Documents
import Logging
import Synchronization

/// What libmongoc has once a process.
enum MongoLibrary {
    private static let logger = Mutex<Logger?>(nil)

    /// Done once, when the first client is made.
    private static let started: Void = {
        unsafe mongoc_log_set_handler(
            { _, domain, message, _ in
                // libmongoc's own level is left out: its warnings are of no concern to a developer of functions.
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

    /// Starts libmongoc unless it was; its log goes to that logger from now on, and nowhere without one.
    static func start(logger new: Logger?) {
        logger.withLock { $0 = new ?? $0 }
        _ = started
    }

    /// The text of an error.
    static func message(of error: bson_error_t) -> String {
        var message = error.message
        return unsafe withUnsafeBytes(of: &message) {
            unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
