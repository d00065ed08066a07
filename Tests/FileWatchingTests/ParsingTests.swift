import TestSupport
import Testing

@testable import FileWatching

@Suite("Reading what the kernel says", .supervised)
struct ParsingTests {
    @Test func eventsAreReadOneAfterTheOther() {
        var bytes: [UInt8] = [1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0] + Array("a.swift".utf8) + [0]
        bytes += [0xff, 0xff, 0xff, 0xff, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        bytes += [3, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 65]
        let events = unsafe bytes.withUnsafeBytes { unsafe FileEvent.parse($0) }
        #expect(
            events == [
                FileEvent(watch: 1, kinds: .modified, name: "a.swift"), FileEvent(watch: -1, kinds: .overflowed),
            ])
    }

    private static let table = MountTable(
        parsing: """
            1 0 254:0 / / rw,relatime - ext4 /dev/vda rw
            2 1 0:30 / /proj rw shared:3 master:1 - virtiofs share rw
            3 2 0:31 / /proj/my\\040code rw - fuse.sshfs host: rw
            4 2 0:32 / /proj/over rw - nfs4 host: rw
            5 2 0:33 / /proj/over rw - tmpfs none rw
            nonsense
            """)

    @Test(arguments: [
        ("/", "ext4"), ("/home/a", "ext4"), ("/proj", "virtiofs"), ("/proj/a", "virtiofs"), ("/projshop", "ext4"),
        ("/proj/my code/b", "fuse.sshfs"), ("/proj/over/c", "tmpfs"),
    ])
    func theLastOfTheNearestMountsHoldsAPath(path: String, type: String) {
        #expect(Self.table.fileSystem(of: path) == type)
    }

    @Test func theTableOfThisProcessIsRead() {
        #expect(MountTable.current().fileSystem(of: "/proc/self") == "proc")
        #expect(MountTable(parsing: "").fileSystem(of: "/") == nil)
    }

    @Test(arguments: [
        ("ext4", true), ("btrfs", true), ("xfs", true), ("tmpfs", true), ("overlay", true), ("fuseblk", true),
        ("nfs", false), ("nfs4", false), ("9p", false), ("virtiofs", false), ("fuse.sshfs", false), ("vboxsf", false),
        ("cifs", false), ("smb3", false), ("fuse", false), ("fuse.grpcfuse", false),
    ])
    func networkAndHostSharedFileSystemsDeliverNoEvents(type: String, delivers: Bool) {
        #expect(MountTable.deliversEvents(fileSystem: type) == delivers)
    }

    @Test func scopesTakePathsAsTheyCome() {
        let scope = WatchScope(folders: ["/a//b/", "/"], files: ["/c/d"])
        #expect(scope.folders == ["/a/b", "/"])
        #expect(scope.files == ["/c/d"])
        #expect(scope.isRelevant("x/y.swift"))
        #expect(!scope.isRelevant("x/.y.swift"))
        #expect(!scope.isRelevant("x/y.txt"))
        #expect(!scope.entersFolder("x/.git"))
        #expect(scope.entersFolder("x/git"))
    }
}
