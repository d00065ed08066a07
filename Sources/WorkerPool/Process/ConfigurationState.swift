package import NIOCore

/// The values of the configuration file, with a version that shows whether a worker has them.
package struct ConfigurationState: Sendable {
    /// A number that grows with each change.
    package var version: Int
    /// The values as a JSON object.
    package var json: ByteBuffer

    package init(version: Int = 0, json: ByteBuffer = ByteBuffer(string: "{}")) {
        self.version = version
        self.json = json
    }
}
