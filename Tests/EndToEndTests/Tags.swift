import Testing

extension Tag {
    /// The whole tool.
    @Tag static var large: Self
}
