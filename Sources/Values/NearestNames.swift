/// A search for the names that a mistyped name may stand for.
package enum NearestNames {
    /// Returns up to `count` names, nearest first.
    ///
    /// The names are those within a third of the name's length in edits, or within two edits if that is more. If no
    /// name is that near, they are the nearest of all.
    package static func of(_ name: String, among names: [String], count: Int) -> [String] {
        let ranked = names.map { (name: $0, distance: distance(name, $0)) }.sorted {
            ($0.distance, $0.name) < ($1.distance, $1.name)
        }
        let near = ranked.filter { $0.distance <= max(2, name.count / 3) }
        return (near.isEmpty ? ranked : near).prefix(count).map(\.name)
    }

    /// Returns the number of UTF-8 bytes to insert, remove or replace within the first 100 bytes of each name.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.utf8.prefix(100)), right = Array(right.utf8.prefix(100))
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let replaced = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
