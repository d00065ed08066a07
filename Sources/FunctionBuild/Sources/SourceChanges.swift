/// The differences between two sets of sources, as sorted paths within the functions' folder.
package struct SourceChanges: Sendable, Hashable {
    /// The files in both sets with different contents.
    package var changed: [String] = []
    /// The files only in the newer set.
    package var new: [String] = []
    /// The files only in the older set.
    package var deleted: [String] = []

    /// Whether the sets are the same.
    package var isEmpty: Bool { changed.isEmpty && new.isEmpty && deleted.isEmpty }
}
