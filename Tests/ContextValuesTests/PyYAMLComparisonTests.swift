import ContextValues
import TestSupport
import Testing
import Values

@Suite("YAML as PyYAML reads it", .supervised)
struct PyYAMLComparisonTests {
    @Test("a text gives what PyYAML's safe loader gives", arguments: try PyYAMLCase.all())
    func sameAsSafeLoader(one: PyYAMLCase) {
        let value: JSONValue?
        do {
            value = try YAMLDocument.parse(Array(one.yaml.utf8), file: "case.yaml")
        } catch {
            value = nil
            #expect(error.line >= 1 && error.column >= 1 && !error.message.isEmpty && error.file == "case.yaml")
        }
        #expect(value?.exactText == one.expected?.exactText)
    }

    @Test("the comparison covers several hundred texts, many of them errors")
    func coverage() throws {
        let cases = try PyYAMLCase.all()
        #expect(cases.count >= 300)
        #expect(cases.count { $0.expected == nil } >= 50)
    }
}
