package import Failures

/// A build that failed, and what it broke.
package struct BrokenBuild: Sendable {
    /// What calls of broken functions answer until the sources are mended.
    package let failure: Failure
    /// The files whose functions the generation in effect does not answer for: those with an error, and those that differ from what it
    /// was made of. As they are shown.
    package let files: Set<String>

    package init(_ failure: Failure, files: Set<String>) {
        self.failure = failure
        self.files = files
    }
}
