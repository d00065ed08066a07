extension FileWatcher {
    /// The changes as they come, from the first one after the watcher was made; ends when the watcher is closed.
    ///
    /// For one reader at a time: a change goes to whoever reads next, and what was not read yet is merged into one element,
    /// so nothing is lost and nothing piles up.
    package struct Changes: AsyncSequence, Sendable {
        package typealias Element = FileChanges
        package typealias Failure = Never

        let inbox: ChangeInbox

        /// Reads from where the reader before it stopped.
        package func makeAsyncIterator() -> Iterator { Iterator(inbox: inbox) }

        /// One reader of the changes.
        package struct Iterator: AsyncIteratorProtocol {
            let inbox: ChangeInbox

            /// Waits for the next changes; nil when the watcher is closed or the task cancelled.
            package mutating func next(isolation actor: isolated (any Actor)? = #isolation) async -> FileChanges? {
                await inbox.next()
            }
        }
    }
}
