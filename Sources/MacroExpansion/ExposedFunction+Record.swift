import SwiftSyntax

extension ExposedFunction {
    /// The source of the record: a constant in the linker section, a function that fills in the entry it is given.
    ///
    /// It declares no name that the user's code could mean and no closure parameter (`$0` only), so that names in the
    /// function's default values mean what they mean at the function. It is marked deprecated because then its use of
    /// deprecated declarations, such as the function itself, is not warned about.
    ///
    /// It is a global and not a static member, which would cost more to compile.
    func record(at position: SourcePosition) -> String {
        """
        @used @section("cloud_functions") @available(*, deprecated)
        private nonisolated let \(recordName): @convention(c) (UnsafeMutableRawPointer) -> Void = {
        unsafe \(entryPoint)($0, \(JSONText.swiftLiteral(metadata(at: position)))) { \(isolationPrefix)\(call) }
        }
        """
    }

    /// A name that the macro's declaration promises, in backticks where the user's needs them.
    ///
    /// There can be one of a name in a file: of two overloads, one can be exposed as it is and one under another name.
    private var recordName: String {
        let name = "\(exposedName == nil ? "__exposed_" : "__exposedAs_")\(plainName)"
        return name.isPlainIdentifier ? name : "`\(name)`"
    }

    private var entryPoint: String {
        switch result {
        case .none: "__exposeWithoutResult"
        case .value: "__expose"
        case .existential: "__exposeExistential"
        }
    }

    /// Default values of a function on a global actor may use that actor's state, so that its thunk runs there too.
    private var isolationPrefix: String {
        guard case .actor(let attribute) = isolation else { return "" }
        return "\(attribute.trimmedDescription) in "
    }

    private var call: String {
        let contextArgument = "\(context.firstName.callLabel.map { "\($0): " } ?? "")$0.context"
        let arguments = parameters.map { parameter in
            let fallback = parameter.defaultValue.map { ", default: \($0)" } ?? ""
            let value = "$0.argument(\(JSONText.swiftLiteral(parameter.name)), as: \(parameter.type).self\(fallback))"
            return (label: parameter.label.map { "\($0): " } ?? "", value: value)
        }
        if let function = asyncReference {
            let values = ["$0.context"] + arguments.map(\.value)
            return "try await \(function)(\(values.joined(separator: ", ")))"
        }
        // Neither word stands where nothing calls for it: that would be warned about.
        var effects = canThrow || !parameters.isEmpty ? "try " : ""
        if isAsync { effects += "await " }
        let list = [contextArgument] + arguments.map { $0.label + $0.value }
        return "\(effects)\(name.text)(\(list.joined(separator: ", ")))"
    }

    /// The function converted to one that is asynchronous, where only the compiler knows whether a call must be awaited.
    ///
    /// An opaque result cannot be written in the type converted to.
    private var asyncReference: String? {
        guard case .unknown = isolation, !isAsync else { return nil }
        let resultType: String
        switch result {
        case .none: resultType = "Void"
        case .value(let type) where UndecodableType(in: type, place: .parameter) != nil: return nil
        case .value(let type), .existential(let type): resultType = type.singleLine
        }
        let types = [context.type.singleLine] + parameters.map(\.type)
        return "(\(name.text) as (\(types.joined(separator: ", "))) async throws -> \(resultType))"
    }
}
