import Documents
import Foundation
import TestSupport
import Testing

/// Tests with the kinds of cases that the specification's corpus has.
@Suite(.supervised) struct Decimal128Tests {
    @Test(
        arguments: [
            ("0", 0x3040_0000_0000_0000, 0), ("-0", 0xB040_0000_0000_0000, 0), ("1", 0x3040_0000_0000_0000, 1),
            ("-1", 0xB040_0000_0000_0000, 1), ("0.1", 0x303E_0000_0000_0000, 1),
            ("0.001234", 0x3034_0000_0000_0000, 1234), ("123456789012", 0x3040_0000_0000_0000, 123_456_789_012),
            ("0.00123400000", 0x302A_0000_0000_0000, 123_400_000),
            ("0.1234567890123456789012345678901234", 0x2FFC_3CDE_6FFF_9732, 0xDE82_5CD0_7E96_AFF2),
            ("1.000000000000000000000000000000000E+6144", 0x5FFE_314D_C644_8D93, 0x38C1_5B0A_0000_0000),
            ("9.999999999999999999999999999999999E+6144", 0x5FFF_ED09_BEAD_87C0, 0x378D_8E63_FFFF_FFFF),
            ("1E-6176", 0, 1), ("0E-6176", 0, 0), ("0E+6111", 0x5FFE_0000_0000_0000, 0),
            ("NaN", 0x7C00_0000_0000_0000, 0), ("Infinity", 0x7800_0000_0000_0000, 0),
            ("-Infinity", 0xF800_0000_0000_0000, 0),
        ] as [(String, UInt64, UInt64)])
    func textsAreTheBitsOfTheSpecification(text: String, high: UInt64, low: UInt64) {
        #expect(Decimal128(text) == Decimal128(high: high, low: low))
        #expect(Decimal128(high: high, low: low).description == text)
    }

    @Test(arguments: [
        "-1.50", "123456789.000000001", "1E+3", "1.5E+400", "0.000001", "1E-7", "0.0000001234", "1.234E-7",
        "1234567890123456789012345678901234", "0.00", "0E-7", "-0.0",
    ])
    func textsComeBackAsTheyWere(text: String) {
        let expected = text == "0.0000001234" ? "1.234E-7" : text
        #expect(Decimal128(text)?.description == expected)
    }

    @Test(arguments: [
        ("1.", "1"), (".5", "0.5"), ("1e3", "1E+3"), ("+7", "7"), ("inf", "Infinity"), ("-iNFINITy", "-Infinity"),
        ("-nan", "NaN"), ("10E+6111", "1.0E+6112"), ("1E+6112", "1.0E+6112"), ("00012", "12"), ("0E+8000", "0E+6111"),
        ("-0E-9000", "-0E-6176"), ("10E-6177", "1E-6176"), ("100E-6178", "1E-6176"),
        ("12345678901234567890123456789012340", "1.234567890123456789012345678901234E+34"),
    ])
    func otherTextsMeanTheSame(text: String, canonical: String) {
        #expect(Decimal128(text)?.description == canonical)
    }

    @Test(arguments: [
        "", ".", "-", "+", "e5", "1.2.3", "abc", "1e", "1e+", "1e1.5", "--1", "+-1", " 1", "1 ", "1_000", "0x1", "١",
        "1:5", "inf1", "infi", "nan0",
    ])
    func refusesWhatIsNoNumber(text: String) {
        #expect(Decimal128(text) == nil)
    }

    @Test(arguments: [
        "12345678901234567890123456789012345", "1E-6177", "11E-6177", "1E+6145", "1E+7000",
        "1E+9223372036854775807", "1E-9223372036854775808", "1E+99999999999999999999",
    ])
    func refusesWhatDoesNotFit(text: String) {
        #expect(Decimal128(text) == nil)
    }

    @Test(
        arguments: [
            (0x6C10_0000_0000_0000, 0, "0"), (0xEC10_0000_0000_EFBE, 0xADDE_1032_5476_98BA, "-0"),
            (0x6C11_FFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFF, "0E+3"), (0x3041_ED09_BEAD_87C0, 0x378D_8E64_0000_0000, "0"),
            (0x7E00_0000_0000_0000, 0, "NaN"), (0xFC00_0000_0000_0001, 5, "NaN"),
            (0x7A00_0000_0000_0000, 9, "Infinity"),
        ] as [(UInt64, UInt64, String)])
    func bitsThatAreNotCanonicalAreRead(high: UInt64, low: UInt64, text: String) {
        #expect(Decimal128(high: high, low: low).description == text)
    }
}
