import Failures
import Ingress
import TestSupport
import Testing

@Suite(.supervised)
struct RequestGuardTests {
    private let loopbackOnly = RequestGuard()

    @Test(arguments: [
        "127.0.0.1", "127.0.0.1:8020", "localhost:8020", "LOCALHOST", "app.localhost:1", "[::1]:8020", "[::1]",
        "127.1.2.3:80", "127.255.0.1", "localhost:", "localhost:0", "localhost:65535", "[::1]:65535", "127.0.0.1:65535",
    ])
    func answersForLoopbackHosts(host: String) throws {
        #expect(try loopbackOnly.check(host: host, origin: nil, fetchSite: nil) == nil)
    }

    @Test(arguments: [
        nil, "", "evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "localhost.evil.example",
        "127.0.0.1:x",
        "127.0.0.1:99999", "[::1", "[::2]:8020", "128.0.0.1", "127.0.0", "127.0.0.256", ":8020", "0.0.0.0:8020",
        "evillocalhost", "evillocalhost:8020", "127.0.0.1.", "127.0.0.+1", "[::1]x", "[::1]:x", "localhost:80200",
        "localhost:65536", "[::1]:65536", "localhost:000080",
        "localhost:123456", "localhostx", "127.0.0.1x",
    ])
    func refusesOtherHosts(host: String?) {
        let error = #expect(throws: Failure.self) {
            try loopbackOnly.check(host: host, origin: nil, fetchSite: nil)
        }
        #expect(error?.code == .hostNotAllowed)
    }

    @Test func namesOfHostsAreAllowedWhole() throws {
        let bound = RequestGuard(allowedOrigins: ["https://portal.example/"], allowedHosts: ["dev.example", "::2"])
        for host in ["dev.example:1", "[::2]:8020"] {
            #expect(try bound.check(host: host, origin: nil, fetchSite: nil) == nil)
        }
        for host in ["evildev.example", "dev.example.evil", "sub.dev.example"] {
            #expect(throws: Failure.self) { try bound.check(host: host, origin: nil, fetchSite: nil) }
        }
        // A slash at the end of an allowed origin is not part of the origin.
        #expect(try bound.check(host: "localhost", origin: "https://portal.example", fetchSite: nil) != nil)
        for origin in ["https://portal.example.evil", "https://evilportal.example", "http://portal.example"] {
            #expect(throws: Failure.self) {
                try bound.check(host: "localhost", origin: origin, fetchSite: nil)
            }
        }
    }

    @Test(arguments: ["http://localhost:4200", "https://127.0.0.1", "http://[::1]:3000", "HTTP://LocalHost:1"])
    func answersPagesOfLoopbackOrigins(origin: String) throws {
        #expect(try loopbackOnly.check(host: "localhost", origin: origin, fetchSite: "cross-site") == origin)
    }

    @Test(arguments: [
        "null", "https://evil.example", "http://localhost.evil.example", "file://", "", "http://localhost:1/path",
        "http://evillocalhost", "https://evillocalhost:8020", "ftp://localhost", "localhost", "http://", "http://:80",
        "http://localhost.", "http://127.0.0.1.evil.example",
    ])
    func refusesPagesOfOtherOrigins(origin: String) {
        let error = #expect(throws: Failure.self) {
            try loopbackOnly.check(host: "localhost", origin: origin, fetchSite: nil)
        }
        #expect(error?.code == .originNotAllowed)
    }

    @Test func answersPagesThatCameFromHere() throws {
        let bound = RequestGuard(allowedHosts: ["192.168.1.5", "dev.example"])
        for host in ["192.168.1.5:8020", "dev.example:8020", "Dev.Example"] {
            let origin = "http://\(host)"
            #expect(try bound.check(host: host, origin: origin, fetchSite: "same-origin") == origin)
        }
        for origin in [
            "http://dev.example:8021", "http://dev.example", "https://dev.example:8020", "http://other:8020",
        ] {
            #expect(throws: Failure.self) {
                try bound.check(host: "dev.example:8020", origin: origin, fetchSite: nil)
            }
        }
    }

    @Test(arguments: ["same-origin", "same-site", "none"])
    func answersPagesOfItsOwn(site: String) throws {
        #expect(try loopbackOnly.check(host: "localhost", origin: nil, fetchSite: site) == nil)
    }

    @Test(arguments: ["cross-site", "Cross-Site"])
    func refusesWhatAnotherSiteStartsWithoutAnOrigin(site: String) {
        let error = #expect(throws: Failure.self) {
            try loopbackOnly.check(host: "localhost", origin: nil, fetchSite: site)
        }
        #expect(error?.code == .originNotAllowed)
    }

    @Test func answersWhatIsAllowedBeside() throws {
        let open = RequestGuard(allowedOrigins: ["https://Portal.example"], allowedHosts: ["dev.example"])
        #expect(try open.check(host: "dev.example:80", origin: "https://portal.example", fetchSite: nil) != nil)
        #expect(throws: Failure.self) {
            try open.check(host: "dev.example", origin: "https://other.example", fetchSite: nil)
        }
        #expect(
            try RequestGuard(allowedOrigins: ["*"]).check(
                host: "localhost", origin: "https://any.example", fetchSite: nil) != nil)
        #expect(throws: Failure.self) {
            try RequestGuard(allowedOrigins: ["*"]).check(host: "localhost", origin: "null", fetchSite: nil)
        }
    }
}
