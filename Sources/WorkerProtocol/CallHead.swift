/// The fixed part of a call. The sections follow it in this order: arguments, context, config, internal config. Each
/// is JSON or empty.
package struct CallHead: Equatable, Sendable {
    /// The size of an encoded head in bytes.
    package static let size = 32

    /// The position of the function in the plugin's description.
    package var functionIndex: UInt32
    /// The latest time at which the call ends, in milliseconds since 1970; 0 for no limit.
    package var deadlineMilliseconds: UInt64
    /// Whether the values of the arguments came as text (a query or a form) and are parsed by the parameters' types.
    package var argumentsAreText: Bool
    /// Whether the function is described instead of called. The result is then a ``FunctionSchemas`` as JSON.
    package var isDescription: Bool
    /// Whether the arguments are checked against the function's schema first. The function must be known to have one.
    package var checksArguments: Bool
    /// Whether the worker reports the operations that the function performs.
    package var recordsOperations: Bool
    /// The lengths of the sections in bytes.
    package var argumentsLength: Int
    package var contextLength: Int
    package var configLength: Int
    package var internalConfigLength: Int

    package init(
        functionIndex: UInt32, deadlineMilliseconds: UInt64 = 0,
        argumentsAreText: Bool = false, isDescription: Bool = false, checksArguments: Bool = false,
        recordsOperations: Bool = false, argumentsLength: Int = 0, contextLength: Int = 0, configLength: Int = 0,
        internalConfigLength: Int = 0
    ) {
        self.functionIndex = functionIndex
        self.deadlineMilliseconds = deadlineMilliseconds
        self.argumentsAreText = argumentsAreText
        self.isDescription = isDescription
        self.checksArguments = checksArguments
        self.recordsOperations = recordsOperations
        self.argumentsLength = argumentsLength
        self.contextLength = contextLength
        self.configLength = configLength
        self.internalConfigLength = internalConfigLength
    }

    /// Decodes the head of a call's payload.
    ///
    /// - Throws: ``ProtocolError/truncated`` unless the payload has the length of the head and the sections it names.
    package init(decoding payload: borrowing Span<UInt8>) throws(ProtocolError) {
        guard payload.count >= Self.size else { throw .truncated }
        functionIndex = payload.littleEndian(at: 0, as: UInt32.self)
        let flags = payload.littleEndian(at: 4, as: UInt32.self)
        argumentsAreText = flags & 1 == 1
        isDescription = flags & 2 == 2
        checksArguments = flags & 4 == 4
        recordsOperations = flags & 8 == 8
        deadlineMilliseconds = payload.littleEndian(at: 8, as: UInt64.self)
        argumentsLength = Int(payload.littleEndian(at: 16, as: UInt32.self))
        contextLength = Int(payload.littleEndian(at: 20, as: UInt32.self))
        configLength = Int(payload.littleEndian(at: 24, as: UInt32.self))
        internalConfigLength = Int(payload.littleEndian(at: 28, as: UInt32.self))
        guard payload.count == Self.size + sectionsLength else { throw .truncated }
    }

    /// The length of all sections in bytes.
    package var sectionsLength: Int { argumentsLength + contextLength + configLength + internalConfigLength }

    /// The head as bytes.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.size)
        bytes.append(littleEndian: functionIndex)
        let flags = [argumentsAreText, isDescription, checksArguments, recordsOperations].enumerated()
            .reduce(UInt32(0)) { $0 | ($1.element ? 1 << UInt32($1.offset) : 0) }
        bytes.append(littleEndian: flags)
        bytes.append(littleEndian: deadlineMilliseconds)
        for length in [argumentsLength, contextLength, configLength, internalConfigLength] {
            bytes.append(littleEndian: UInt32(length))
        }
        return bytes
    }

    /// The ranges of the sections in the payload.
    package var sections: (arguments: Range<Int>, context: Range<Int>, config: Range<Int>, internalConfig: Range<Int>) {
        let arguments = Self.size..<(Self.size + argumentsLength)
        let context = arguments.upperBound..<(arguments.upperBound + contextLength)
        let config = context.upperBound..<(context.upperBound + configLength)
        return (arguments, context, config, config.upperBound..<(config.upperBound + internalConfigLength))
    }
}
