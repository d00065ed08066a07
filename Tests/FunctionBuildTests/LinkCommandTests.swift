import TestSupport
import Testing

@testable import FunctionBuild

@Suite("LinkCommand", .supervised)
struct LinkCommandTests {
    @Test("objects that the worker does not hold are those of the functions' packages")
    func objects() {
        let worker = ["/d/CloudFunctions.build/s.swift.o", "/d/FunctionWorker.build/main.swift.o"]
        let all = [
            "/d/CExtra.build/sub/c.c.o", "/d/CloudFunctions.build/s.swift.o", "/d/Extra.build/e.swift.o",
            "/d/FunctionDependencies.build/Empty.swift.o",
        ]
        #expect(LinkCommand.objects(all, notIn: worker) == ["/d/CExtra.build/sub/c.c.o", "/d/Extra.build/e.swift.o"])
        let modules = all.compactMap(LinkCommand.module(ofObject:))
        #expect(modules == ["CExtra", "CloudFunctions", "Extra", "FunctionDependencies"])
        #expect(LinkCommand.module(ofObject: "/p/.build/x.o") == nil)
    }

    @Test("paths with spaces and quotes are read as SwiftPM writes them")
    func quotedPaths() {
        let lines = ["/d/a.o", "'/d/Integer rank.swift.o'", #"'/d/it'\''s.o'"#, ""]
        #expect(LinkCommand.paths(inFileList: lines) == ["/d/a.o", "/d/Integer rank.swift.o", "/d/it's.o", ""])
    }

    @Test("libraries that packages ask for are found in SwiftPM's plan")
    func libraries() {
        let lines = [
            #"    args: ["/usr/bin/swiftc","-o","/d/workspace","-lother"]"#,
            #"    outputs: ["/d/libFunctionDependencies.so"]"#,
            #"    args: ["/usr/bin/swiftc","-L","/d","-o","/d/libFunctionDependencies.so","#
                + #""-module-name","X","-Xlinker","-rpath=$ORIGIN","@/d/Objects.LinkFileList","#
                + #""-target","t","-lz","-Xlinker","-znow","-L/opt/lib","-g"]"#,
        ]
        #expect(
            LinkCommand.libraryArguments(ofProduct: "FunctionDependencies", inManifest: lines)
                == ["-L/d", "-lz", "-znow", "-L/opt/lib"])
        #expect(LinkCommand.libraryArguments(ofProduct: "Absent", inManifest: lines) == [])
    }
}
