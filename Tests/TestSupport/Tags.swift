package import Testing

extension Tag {
    /// A tag for tests of the whole tool.
    @Tag package static var large: Self
}
