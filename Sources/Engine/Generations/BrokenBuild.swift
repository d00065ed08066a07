package import Failures

/// A build that failed, with the files that it affects.
package struct BrokenBuild: Sendable {
    /// The failure of calls to broken functions until the sources are fixed.
    package let failure: Failure
    /// The paths, as they are shown, of the files whose functions the generation in effect does not serve: files with
    /// an error, and files that have changed since that generation was built.
    package let files: Set<String>

    package init(_ failure: Failure, files: Set<String>) {
        self.failure = failure
        self.files = files
    }
}
