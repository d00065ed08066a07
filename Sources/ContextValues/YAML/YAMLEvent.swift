/// One step of a YAML text, as libyaml reports it.
struct YAMLEvent {
    /// The anchor and the tag in front of a node. Tags are in full, such as `tag:yaml.org,2002:int`.
    struct Properties {
        var anchor: String?
        var tag: String?
    }

    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias(String)
        /// A single value, and whether it has neither quotes nor a tag, or counts as such for libyaml.
        case scalar(String, Properties, isPlain: Bool)
        case sequenceStart(Properties)
        case sequenceEnd
        case mappingStart(Properties)
        case mappingEnd
    }

    let kind: Kind
    let place: YAMLPlace
}
