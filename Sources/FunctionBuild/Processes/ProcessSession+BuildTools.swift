import RunningProcesses

extension ProcessSession {
    /// Kills every compiler and linker that works in the folder and returns once none is left.
    ///
    /// This finds the processes that a build left behind when its parent was killed and its session is no longer
    /// known.
    static func endTools(workingIn folder: String) async { await end { $0.isBuildTool && $0.works(in: folder) } }
}

extension RunningProcess {
    /// Whether this is the compiler's driver, one of its frontends or the linker.
    var isBuildTool: Bool { name.hasPrefix("swift") || name.hasSuffix("lld") }
}
