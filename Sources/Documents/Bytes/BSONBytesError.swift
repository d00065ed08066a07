/// An error about a document that has no BSON form, or about bytes that are not a document.
package struct BSONBytesError: Error, Equatable, CustomStringConvertible {
    package let description: String

    static let tooDeep = BSONBytesError(
        description: "The document is nested more than \(BSONWriter.depthLimit) levels deep, which is MongoDB's limit")

    static func zeroByte(in what: String, _ text: String) -> BSONBytesError {
        BSONBytesError(
            description: "The \(what) \(text.debugDescription) has a zero byte in it, which MongoDB does not take")
    }

    static func unreadable(at position: Int, _ problem: String) -> BSONBytesError {
        BSONBytesError(description: "The bytes are no document: \(problem) at byte \(position)")
    }
}
