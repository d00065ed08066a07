import SystemSupport
import TestSupport
import Testing

@Suite(.supervised)
struct ConnectionStringTests {
    @Test(arguments: [
        ("mongodb://127.0.0.1:27017/", "mongodb://127.0.0.1:27017/"),
        ("mongodb://ada:secret@db:27017/?authSource=admin", "mongodb://db:27017/"),
        ("mongodb+srv://ada:secret@cluster.example", "mongodb+srv://cluster.example"),
        ("mongodb://a,b,c:1/?replicaSet=rs", "mongodb://a,b,c:1/"),
        ("mongodb://ada:p@ss@db/", "mongodb://db/"),
        ("mongodb://ada:sec/ret@db/", "mongodb://…"),
        ("mongodb://ada:sec?ret@db/", "mongodb://…"),
        ("ada:secret@db", "db"), ("", ""),
    ])
    func isShownWithoutUserAndPassword(text: String, shown: String) {
        #expect(ConnectionString.redacted(text) == shown)
    }

    @Test(arguments: [
        ("No suitable servers found: connection refused", "mongodb://ada:secret@db", true),
        ("Invalid port in 'secret'", "mongodb://ada:secret@db", false),
        ("Invalid user 'ada'", "mongodb://ada:secret@db", false),
        ("Invalid host 'db'", "mongodb://db", true),
        ("Invalid URI: ret", "mongodb://ada:sec/ret@db", false),
        ("Invalid user", "mongodb://us:er@db", true), ("Invalid user", "mongodb://use:r@db", false),
        ("It fails", "mongodb://@db", false), ("It fails", "@mongodb://db", false), ("It fails", "secret@db", true),
        ("No secret", "secret@db", false),
    ])
    func aMessageThatRepeatsPartsOfItIsNotHarmless(message: String, text: String, isHarmless: Bool) {
        #expect(ConnectionString.harmless(message, about: text) == (isHarmless ? message : nil))
    }
}
