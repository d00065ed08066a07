import Testing

@testable import Ingress

struct MemoryGroupPlaceTests {
    private static let mountsOfFirst = """
        23 1 0:20 / / rw - ext4 /dev/vda rw
        31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
        32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime shared:4 - cgroup cgroup rw,cpu
        35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:7 master:2 - cgroup cgroup rw,memory
        41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
        """
    private static let mountsOfSecond = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate"

    @Test(arguments: [
        ("4:memory:/a/b\n1:cpu:/other\n0::/", "/sys/fs/cgroup/memory/a/b"),
        ("4:cpu,memory:/\n0::/x/y", "/sys/fs/cgroup/memory"),
        ("4:name=memory:x:/a\n5:memory:/a:b", "/sys/fs/cgroup/memory/a:b"),
    ])
    func groupsOfTheFirstVersionAreBelowOurOwn(groups: String, folder: String) {
        let place = MemoryGroupPlace(groups: groups, mounts: Self.mountsOfFirst)
        #expect(place?.folder == folder)
        #expect(place?.isUnified == false)
    }

    @Test(arguments: [
        ("0::/user.slice/app.slice/terminal.scope", "/sys/fs/cgroup/user.slice/app.slice"),
        ("0::/init.scope\n", "/sys/fs/cgroup"), ("0::/", "/sys/fs/cgroup"),
    ])
    func groupsOfTheSecondVersionAreBesideOurOwn(groups: String, folder: String) {
        let place = MemoryGroupPlace(groups: groups, mounts: Self.mountsOfSecond)
        #expect(place?.folder == folder)
        #expect(place?.isUnified == true)
    }

    @Test func aMountMayShowAPartOnly() {
        let mounts = "35 31 0:32 /docker/1 /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory"
        #expect(MemoryGroupPlace(groups: "4:memory:/docker/1", mounts: mounts)?.folder == "/sys/fs/cgroup/memory")
        #expect(MemoryGroupPlace(groups: "4:memory:/docker/1/a", mounts: mounts)?.folder == "/sys/fs/cgroup/memory/a")
        #expect(MemoryGroupPlace(groups: "4:memory:/docker/12", mounts: mounts) == nil)
        let unified = "30 23 0:26 /docker/1 /sys/fs/cgroup rw - cgroup2 cgroup2 rw"
        #expect(MemoryGroupPlace(groups: "0::/docker/1", mounts: unified)?.folder == "/sys/fs/cgroup")
    }

    @Test(arguments: [
        ("", mountsOfFirst), ("4:memory:/a", ""), ("4:memory:/a", "nonsense\n- - -\n1 2 3 4 5 - cgroup"),
        ("4:memory:/../a", mountsOfFirst), ("0::/../a", mountsOfSecond), ("1:cpu:/\n", mountsOfFirst),
        // The one version has no memory, and the other is not mounted.
        ("4:memory:/\n0::/", mountsOfSecond),
    ])
    func elsewhereThereIsNone(groups: String, mounts: String) {
        #expect(MemoryGroupPlace(groups: groups, mounts: mounts) == nil)
    }
}
