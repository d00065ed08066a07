import Ingress
import TestSupport
import Testing

@Suite(.supervised)
struct AllowedOriginTests {
    @Test(
        arguments: [
            ("https://portal.example", "https://portal.example"), ("HTTPS://Portal.Example/", "https://portal.example"),
            ("https://portal.example:443", "https://portal.example"), ("http://a:80", "http://a"),
            ("http://portal.example:443", "http://portal.example:443"), ("https://a:8443", "https://a:8443"),
            ("*", "*"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("portal.example", nil), ("https://portal.example/app", nil), ("https://*.example", nil), ("null", nil),
            ("ftp://a", nil), ("https://", nil), ("https://a b", nil), ("https://a:99999", nil), ("", nil),
        ] as [(String, String?)])
    func originsHaveTheFormInWhichBrowsersSendThem(text: String, origin: String?) {
        #expect(AllowedOrigin.origin(text) == origin)
    }

    @Test(
        arguments: [
            ("portal.example", "portal.example"), ("Portal.Example:8020", "portal.example"), ("10.0.0.1", "10.0.0.1"),
            ("::1", "::1"), ("[::1]:8020", "::1"), ("my_host", "my_host"),
            ("https://portal.example", nil), ("*", nil), ("*.example", nil), ("a b", nil), ("", nil), ("a/b", nil),
        ] as [(String, String?)])
    func hostsAreNames(text: String, host: String?) {
        #expect(AllowedOrigin.host(text) == host)
    }
}
