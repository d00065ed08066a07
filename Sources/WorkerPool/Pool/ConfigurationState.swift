package import NIOCore

/// The values of the configuration file, and a number that tells a worker whether it has them.
package struct ConfigurationState: Sendable {
    /// Grows with each change.
    package var version: Int
    /// A JSON object.
    package var json: ByteBuffer

    package init(version: Int = 0, json: ByteBuffer = ByteBuffer(string: "{}")) {
        self.version = version
        self.json = json
    }
}
