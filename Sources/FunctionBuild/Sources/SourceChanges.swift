/// How one set of sources differs from another, as sorted paths within the functions' folder.
package struct SourceChanges: Sendable, Hashable {
    /// Files in both with different contents.
    package var changed: [String] = []
    /// Files only in the newer set.
    package var new: [String] = []
    /// Files only in the older set.
    package var deleted: [String] = []

    /// Whether the sets are the same.
    package var isEmpty: Bool { changed.isEmpty && new.isEmpty && deleted.isEmpty }
}
