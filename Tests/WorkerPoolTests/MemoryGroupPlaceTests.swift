import Foundation
import TestSupport
import Testing

@testable import WorkerPool

@Suite(.supervised)
struct MemoryGroupPlaceTests {
    private static let mounts = """
        23 1 0:20 / / rw - ext4 /dev/vda rw
        30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate
        """

    @Test(arguments: [
        ("0::/user.slice/app.slice/terminal.scope", "/sys/fs/cgroup/user.slice/app.slice"),
        ("0::/init.scope\n", "/sys/fs/cgroup"), ("0::/", "/sys/fs/cgroup"),
    ])
    func groupsAreBesideOurOwn(groups: String, folder: String) {
        #expect(MemoryGroupPlace(groups: groups, mounts: Self.mounts)?.folder == folder)
    }

    @Test func thePlaceOfThisProcessIsRead() throws {
        let texts = try ["cgroup", "mountinfo"].map { try String(contentsOfFile: "/proc/self/\($0)", encoding: .utf8) }
        #expect(MemoryGroupPlace.own == MemoryGroupPlace(groups: texts[0], mounts: texts[1]))
    }

    @Test func aMountMayShowAPartOnly() {
        let mounts = "30 23 0:26 /docker/1 /sys/fs/cgroup rw - cgroup2 cgroup2 rw"
        #expect(MemoryGroupPlace(groups: "0::/docker/1", mounts: mounts)?.folder == "/sys/fs/cgroup")
        #expect(MemoryGroupPlace(groups: "0::/docker/1/a/b", mounts: mounts)?.folder == "/sys/fs/cgroup/a")
        #expect(MemoryGroupPlace(groups: "0::/docker/12", mounts: mounts) == nil)
    }

    @Test(arguments: [
        ("", mounts), ("0::/a", ""), ("0::/a", "nonsense\n- - -\n1 2 3 4 5 - cgroup2"), ("0::/../a", mounts),
        ("4:memory:/a\n", mounts), ("0::/a", "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory"),
    ])
    func elsewhereThereIsNone(groups: String, mounts: String) {
        #expect(MemoryGroupPlace(groups: groups, mounts: mounts) == nil)
    }
}
