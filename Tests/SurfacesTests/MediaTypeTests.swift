import TestSupport
import Testing

@testable import Surfaces

@Suite(.supervised)
struct MediaTypeTests {
    @Test(arguments: [
        ("application/json", MediaType.json), ("Application/JSON", .json), (" application/json ; charset=utf-8", .json),
        ("application/json;", .json), ("application/x-www-form-urlencoded", .form),
        ("application/x-www-form-urlencoded;charset=UTF-8", .form), (nil, nil), ("", nil), ("text/plain", nil),
        ("application/jsonp", nil), ("text/plain; application/json", nil), ("application/json text", nil),
    ])
    func readsTheContentTypesHeader(header: String?, type: MediaType?) {
        #expect(MediaType(header) == type)
    }
}
