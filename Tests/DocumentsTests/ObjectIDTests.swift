import Documents
import Foundation
import TestSupport
import Testing

@Suite(.supervised) struct ObjectIDTests {
    @Test func noTwoAreTheSame() async {
        let all = await withTaskGroup(of: [ObjectID].self) { group in
            for _ in 0..<4 { group.addTask { (0..<5_000).map { _ in ObjectID() } } }
            return await group.reduce(into: [ObjectID]()) { $0 += $1 }
        }
        #expect(Set(all).count == 20_000)
        #expect(Set(all.map(\.hexString)).count == 20_000)
    }

    @Test func thoseOfOneProcessShareTheRandomPartAndCountUp() throws {
        let (first, second) = (ObjectID(), ObjectID())
        func random(_ id: ObjectID) -> Substring { id.hexString.dropFirst(8).prefix(10) }
        func count(_ id: ObjectID) throws -> Int { try #require(Int(id.hexString.suffix(6), radix: 16)) }
        #expect(random(first) == random(second))
        // Other tests create identifiers as well.
        #expect((try count(second) - count(first)) & 0xFF_FFFF > 0)
    }

    @Test func digitsComeBackInLowerCase() throws {
        let text = "6B015470A54B554BE6AB1D79"
        let id = try #require(ObjectID(text))
        #expect(id.hexString == text.lowercased())
        #expect(id.description == id.hexString)
        #expect(ObjectID(id.description) == id)
        #expect(ObjectID("000000000000000000000000")?.hexString == "000000000000000000000000")
        #expect(ObjectID("00000000000000000000000a")?.hexString == "00000000000000000000000a")
    }

    @Test(arguments: [
        "", "123", "6b015470a54b554be6ab1d7", "6b015470a54b554be6ab1d7g", "+b015470a54b554be6ab1d79",
        "6b015470a54b554b-6ab1d79", "6b015470a54b554be6ab1d790", " 6b015470a54b554be6ab1d7", "６b015470a54b554be6ab1d",
    ])
    func takesNothingButTwentyFourDigits(text: String) {
        #expect(ObjectID(text) == nil)
    }

    @Test func knowsWhenItWasMade() {
        #expect(abs(ObjectID().date.timeIntervalSinceNow) < 5)
        #expect(ObjectID("000000010000000000000000")?.date == Date(timeIntervalSince1970: 1))
        #expect(ObjectID("ffffffff0000000000000000")?.date == Date(timeIntervalSince1970: 4_294_967_295))
    }

    @Test func theOrderIsThatOfTheBytes() {
        let texts = [
            "000000000000000000000000", "000000000000000000000001", "00000000000000ff00000000",
            "000000010000000000000000", "ff0000000000000000000000",
        ]
        let ids = texts.compactMap { ObjectID($0) }
        #expect(ids.reversed().sorted().map(\.hexString) == texts)
    }
}
