extension FileWatcher {
    /// The changes since the watcher was created, as a sequence that ends when the watcher is closed.
    ///
    /// The sequence is for one reader at a time. A change goes to the task that reads next, and unread changes are
    /// merged into one element, so nothing is lost and nothing piles up.
    package struct Changes: AsyncSequence, Sendable {
        package typealias Element = FileChanges
        package typealias Failure = Never

        let inbox: ChangeInbox

        /// Creates a reader that continues where the previous one stopped.
        package func makeAsyncIterator() -> Iterator { Iterator(inbox: inbox) }

        /// A reader of the changes.
        package struct Iterator: AsyncIteratorProtocol {
            let inbox: ChangeInbox

            /// Waits for the next changes. Returns nil when the watcher is closed or the task is cancelled.
            package mutating func next(isolation actor: isolated (any Actor)? = #isolation) async -> FileChanges? {
                await inbox.next()
            }
        }
    }
}
