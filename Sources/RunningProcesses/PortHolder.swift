import FoundationEssentials

/// A search for the process that listens on a port, in `/proc` (proc_net(5)).
package enum PortHolder {
    /// Returns the process that listens on a TCP port, as `name (process 123)`, or nil if it cannot be found.
    package static func find(port: Int) -> String? {
        let inodes = Set(["/proc/net/tcp", "/proc/net/tcp6"].flatMap { listeners(on: port, in: $0) })
        guard !inodes.isEmpty else { return nil }
        for process in entries(of: "/proc") where process.allSatisfy(\.isNumber) {
            for descriptor in entries(of: "/proc/\(process)/fd") {
                guard let target = linkTarget("/proc/\(process)/fd/\(descriptor)"), target.hasPrefix("socket:["),
                    inodes.contains(String(target.dropFirst(8).dropLast()))
                else { continue }
                let name = lines(of: "/proc/\(process)/comm").first ?? "?"
                return "\(name) (process \(process))"
            }
        }
        return nil
    }

    private static func listeners(on port: Int, in table: String) -> [String] {
        lines(of: table).dropFirst().compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[3] == "0A", let local = fields[1].split(separator: ":").last,
                Int(local, radix: 16) == port
            else { return nil }
            return String(fields[9])
        }
    }

    private static func lines(of path: String) -> [String] {
        let data = FileManager.default.contents(atPath: path) ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private static func entries(of folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private static func linkTarget(_ path: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    }
}
