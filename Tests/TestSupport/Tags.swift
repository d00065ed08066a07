package import Testing

extension Tag {
    /// The whole tool.
    @Tag package static var large: Self
}
