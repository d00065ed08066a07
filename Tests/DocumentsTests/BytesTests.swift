import Documents
import Foundation
import TestSupport
import Testing

@Suite(.supervised) struct BytesTests {
    @Test func aDocumentHasTheBytesOfTheSpecification() throws {
        let bytes = try (["hello": "world"] as BSONDocument).bsonBytes
        #expect(bytes == [0x16, 0, 0, 0, 2] + Array("hello\0".utf8) + [6, 0, 0, 0] + Array("world\0".utf8) + [0])
        #expect(try BSONDocument(bsonBytes: bytes) == ["hello": "world"])
    }

    @Test func bytesOfTheOldSubtypeHaveTheirLengthTwice() throws {
        let document: BSONDocument = ["b": .binary(BSONBinary([255, 254], subtype: 2))]
        let bytes = try document.bsonBytes
        #expect(bytes == [0x13, 0, 0, 0, 5, 0x62, 0, 6, 0, 0, 0, 2, 2, 0, 0, 0, 255, 254, 0])
        #expect(try BSONDocument(bsonBytes: bytes) == document)
        let once: [UInt8] = [0x0F, 0, 0, 0, 5, 0x62, 0, 2, 0, 0, 0, 2, 255, 254, 0]
        #expect(try BSONDocument(bsonBytes: once) == document)
    }

    @Test func bytesThatAreNoDocumentAreRefused() throws {
        let bytes = try
            (["a": 1, "b": ["c": "text", "d": [1.5, nil]], "e": .binary(BSONBinary([1, 2]))] as BSONDocument)
            .bsonBytes
        for end in 0..<bytes.count {
            #expect(throws: BSONBytesError.self) { try BSONDocument(bsonBytes: Array(bytes[..<end])) }
        }
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<20_000 {
            var changed = bytes
            changed[Int.random(in: 0..<changed.count, using: &generator)] = UInt8.random(
                in: .min ... .max, using: &generator)
            // The bytes may mean anything, but they must not cause a crash.
            _ = try? BSONDocument(bsonBytes: changed)
        }
    }
}
