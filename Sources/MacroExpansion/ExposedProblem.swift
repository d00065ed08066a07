import SwiftDiagnostics
import SwiftSyntax

/// A reason why a function cannot be exposed.
///
/// Each message says what is wrong and then what to do.
enum ExposedProblem {
    case notAFunction
    case member(String, of: String)
    case local(String)
    case exposedTwice
    case nameNotLiteral
    case timeoutNotLiteral
    case memoryNotLiteral
    case memoryTooLow
    case toolNotLiteral(String, form: String)
    case notATool(String)
    case appDescriptionNotLiteral
    case appDescriptionInside
    case nameEmpty
    case reservedName(String)
    case nameCharacter(String, Character)
    case ownNameCharacter(String, Character)
    case operatorFunction(String)
    case generic
    case whereClause
    case effect(String, instead: String)
    case noContext
    case contextNotFirst
    case firstNotContext(String)
    case contextAgain(String)
    case namelessParameter
    case duplicateParameter(String)
    case secondCatchAll(String)
    case variadic(element: String)
    case specifier(String)
    case type(UndecodableType.Reason, of: UndecodableType.Place)
}

extension ExposedProblem: DiagnosticMessage {
    var severity: DiagnosticSeverity { .error }

    var diagnosticID: MessageID {
        let name = "\(self)".prefix { $0 != "(" }
        return MessageID(domain: "CloudFunctionsMacros", id: String(name))
    }

    var message: String {
        switch self {
        case .notAFunction:
            "'@Exposed' is for functions; remove it, or put it on a 'func' at the top level of the file"
        case .member(let name, let type):
            "a member of a type cannot be exposed; move '\(name)' out of '\(type)' to the top level of the file"
        case .local(let name):
            "a local function cannot be exposed; move '\(name)' to the top level of the file"
        case .exposedTwice:
            "a function is exposed once; remove this '@Exposed'"
        case .nameNotLiteral:
            "the name must be known to the compiler; write a plain string such as '@Exposed(\"send_email\")'"
        case .timeoutNotLiteral:
            "the time limit must be known to the compiler; write '.seconds(5)' or '.milliseconds(500)', up to a day"
        case .memoryNotLiteral:
            "the memory limit must be known to the compiler; write '.megabytes(64)' or '.gigabytes(1)', up to 1,024 GB"
        case .memoryTooLow:
            """
            the memory limit is too low for any call, the process itself has about 30 MB; write '.megabytes(32)' or \
            more
            """
        case .toolNotLiteral(let label, let form):
            "what describes a tool must be known to the compiler; write literals, such as '\(label): \(form)'"
        case .notATool(let label):
            "'\(label)' describes a tool of agents; write 'agentic: true' before it, or remove it"
        case .appDescriptionNotLiteral:
            "the description must be known to the compiler; write a plain string such as 'shortName: \"adder\"'"
        case .appDescriptionInside:
            "the app is described once, at the top level of a file; move '#AppDescription' there"
        case .nameEmpty:
            "the name is empty; write '@Exposed' to use the function's own name"
        case .reservedName(let name):
            "'\(name)' is what agents ask of an app, and answered before any function; give another name"
        case .nameCharacter(let name, let character):
            "\(Self.quoted(character)) in '\(name)' cannot stand in a function's name; use letters, digits, '_' and '-'"
        case .ownNameCharacter(let name, let character):
            """
            \(Self.quoted(character)) in '\(name)' cannot stand in a function's name; give it another with \
            '@Exposed("…")'
            """
        case .operatorFunction(let name):
            "the operator '\(name)' cannot be exposed; put its code into a 'func' with a name"
        case .generic:
            "a generic function cannot be exposed, callers do not send types; write the types out"
        case .whereClause:
            "a function with a 'where' clause cannot be exposed; write the types out and remove the clause"
        case .effect(let written, let instead):
            "a function with '\(written)' cannot be exposed; write '\(instead)' or nothing"
        case .noContext:
            "an exposed function takes the context first; insert '_ context: FunctionContext'"
        case .contextNotFirst:
            "the 'FunctionContext' must be the first parameter; move it to the front"
        case .firstNotContext(let type):
            "the first parameter must be a 'FunctionContext', not '\(type)'; "
                + "insert '_ context: FunctionContext' before it"
        case .contextAgain(let name):
            "only the first parameter is given the 'FunctionContext'; remove '\(name)'"
        case .namelessParameter:
            "callers need a name for this parameter; write one, such as '_ value'"
        case .duplicateParameter(let name):
            "callers know another parameter as '\(name)' already; give this one another label"
        case .secondCatchAll(let name):
            "another parameter receives all arguments already; remove '\(name)' "
                + "or give it another type than 'Arguments'"
        case .variadic(let element):
            "callers cannot fill a variadic parameter; take an array, '[\(element)]'"
        case .specifier(let specifier):
            "a parameter of an exposed function cannot be '\(specifier)'; remove that word"
        case .type(let reason, let place):
            UndecodableType.message(for: reason, in: place)
        }
    }

    /// Returns a diagnostic of the problem at a node.
    func diagnostic(at node: some SyntaxProtocol) -> Diagnostic { Diagnostic(node: node, message: self) }

    private static func quoted(_ character: Character) -> String {
        character == " " ? "a space" : "'\(character)'"
    }
}

/// A message that says what a fix-it of the macro does.
struct ExposedFixIt: FixItMessage {
    var message: String

    var fixItID: MessageID { MessageID(domain: "CloudFunctionsMacros", id: message) }
}
