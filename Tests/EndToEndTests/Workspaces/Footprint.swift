import Foundation
import Glibc
import TestSupport

/// The resources that a running emulator takes.
struct Footprint {
    /// The resident memory, in bytes.
    let memory: Int
    /// The size of its state folder, in bytes.
    let disk: Int
    let descriptors: Int

    init(of workspace: RunningWorkspace) throws {
        let process = "/proc/\(workspace.processIdentifier)"
        let pages = try String(contentsOfFile: "\(process)/statm", encoding: .utf8).split(separator: " ").dropFirst()
        memory = Int(pages.first ?? "").map { $0 * Int(getpagesize()) } ?? 0
        let state = FileManager.default.enumerator(atPath: "\(workspace.folder)/.workspace")
        disk = (state?.allObjects ?? []).reduce(0) { size, name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(workspace.folder)/.workspace/\(name)")
            return size + (attributes?[.size] as? Int ?? 0)
        }
        descriptors = try FileManager.default.contentsOfDirectory(atPath: "\(process)/fd").count
    }
}
