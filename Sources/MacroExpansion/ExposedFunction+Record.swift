import SwiftSyntax

extension ExposedFunction {
    /// Returns the source of the record: a constant in the linker section, whose value is a function that fills in
    /// the entry it is given.
    ///
    /// The record declares no name that the user's code could mean and no closure parameter (only `$0`), so that
    /// names in the function's default values mean the same as at the function. It is marked as deprecated because
    /// the compiler then does not warn about its use of deprecated declarations, such as the function itself.
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

    /// The record's name, as the macro's declaration promises it, in backticks if the user's name needs them.
    ///
    /// A file can contain only one record per name. Of two overloads, one can be exposed as it is and one under
    /// another name.
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

    /// The closure's isolation. Default values of a function on a global actor may use that actor's state, so the
    /// closure runs there too.
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
        // The words `try` and `await` are written only if they are needed, because the compiler warns about
        // unnecessary ones.
        var effects = canThrow || !parameters.isEmpty ? "try " : ""
        if isAsync { effects += "await " }
        let list = [contextArgument] + arguments.map { $0.label + $0.value }
        return "\(effects)\(name.text)(\(list.joined(separator: ", ")))"
    }

    /// The function converted to an asynchronous one, for use when only the compiler knows whether a call must be
    /// awaited.
    ///
    /// There is none for an opaque result, which cannot be written in the type of the conversion.
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
