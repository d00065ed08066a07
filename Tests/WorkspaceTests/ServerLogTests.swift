import TestSupport
import Testing

@testable import StoreServer

@Suite(.supervised)
struct ServerLogTests {
    private static let takenPort =
        #"{"s":"E","msg":"Error setting up listener","#
        + #""attr":{"error":{"code":9001,"errmsg":"Address already in use"}}}"#

    @Test func knowsWhenTheServerIsReady() {
        var log = ServerLog()
        let line = #"{"s":"I","c":"NETWORK","id":23016,"msg":"Waiting for connections","attr":{}}"#
        #expect(log.read(line) == .ready)
        #expect(log.lastWords == nil)
    }

    @Test(arguments: [
        takenPort,
        "Error: failed to bind host port for 127.0.0.1:27017: address already in use",
        "docker: Error response from daemon: Bind for 127.0.0.1:27017 failed: port is already allocated.",
    ])
    func knowsATakenPort(line: String) {
        var log = ServerLog()
        #expect(log.read(line) == .portTaken)
    }

    @Test func keepsTheLastComplaint() {
        var log = ServerLog()
        #expect(log.read(#"{"s":"I","msg":"Something ordinary","attr":{}}"#) == .other)
        #expect(log.read(#"{"s":"F","msg":"Location","attr":{"error":"No space left on device"}}"#) == .other)
        _ = log.read("Run 'docker run --help' for more information")
        #expect(log.lastWords == "Location: No space left on device")
        #expect(log.problem == nil)
    }

    @Test(arguments: [
        ("mongod: error while loading shared libraries: libcurl.so.4: cannot open shared object file", "libcurl4"),
        ("mongod: error while loading shared libraries: libnew.so.9: cannot open shared object file", "libnew.so.9"),
        ("mongod: /lib/libc.so.6: version `GLIBC_2.38' not found", "container"),
        ("Illegal instruction (core dumped)", "DOCUMENT_STORE=mongodb://"),
        ("docker: Error response from daemon: Conflict. The container name \"/x\" is already in use", "remove"),
    ])
    func knowsTheWayOutOfAProblem(line: String, named: String) {
        var log = ServerLog()
        _ = log.read(line)
        #expect(log.problem?.message.contains(line) == true)
        #expect(log.problem?.remedy.contains(named) == true, "\(log.problem?.remedy ?? "")")
    }
}
