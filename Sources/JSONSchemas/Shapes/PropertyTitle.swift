/// The title that pydantic gives a property: `max_speed` becomes `Max Speed`, `maxSpeed` becomes `Maxspeed`.
enum PropertyTitle {
    /// Returns the title of a property with the given name.
    ///
    /// As in Python's `str.title`, a letter is a capital if it does not follow another letter, and a small letter
    /// otherwise.
    static func title(of name: String) -> String {
        var title = ""
        var isInWord = false
        for scalar in name.unicodeScalars {
            let properties = scalar.properties
            if scalar == "_" {
                title.append(" ")
            } else {
                title += isInWord ? properties.lowercaseMapping : properties.titlecaseMapping
            }
            isInWord = properties.isCased
        }
        let scalars = title.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}
