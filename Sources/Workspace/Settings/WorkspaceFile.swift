import Failures
import ContextValues
import FoundationEssentials
import Values

/// The file `workspace.yaml`, which holds the settings that belong to a workspace.
enum WorkspaceFile {
    /// Returns the settings in the file, or none if there is no file.
    ///
    /// - Throws: ``Failure`` with the file, the line and the problem.
    static func load(from root: String) throws(Failure) -> JSONObject {
        let path = "\(root)/workspace.yaml"
        guard let bytes = FileManager.default.contents(atPath: path) else {
            guard (try? FileManager.default.attributesOfItem(atPath: path)) == nil else {
                throw Failure(
                    .invalidSetting, "workspace.yaml cannot be read: make it a file that may be read, or remove it")
            }
            return [:]
        }
        let value: JSONValue
        do throws(YAMLError) { value = try YAMLDocument.parse(Array(bytes), file: "workspace.yaml") } catch {
            throw Failure(.invalidSetting, "\(error)")
        }
        if value.isNull { return [:] }
        guard let object = value.object else {
            throw Failure(
                .invalidSetting, "workspace.yaml: it must be a mapping of settings, not \(value.kindDescription)")
        }
        return object
    }
}
