import RunningProcesses

extension ProcessSession {
    /// Kills every compiler and linker that works in the folder and returns once none is left.
    ///
    /// This finds what a build left behind whose parent was killed, when nobody knows its session any more.
    static func endTools(workingIn folder: String) async { await end { $0.isBuildTool && $0.works(in: folder) } }
}

extension RunningProcess {
    /// Whether this is the compiler's driver, one of its frontends or the linker.
    var isBuildTool: Bool { name.hasPrefix("swift") || name.hasSuffix("lld") }
}
