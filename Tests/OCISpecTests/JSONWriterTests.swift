import Testing

@testable import OCISpec

@Suite struct JSONWriterTests {
    private let value: JSONValue = .object([
        JSONMember("a", .array([.integer(1), .bool(true), .null])),
        JSONMember("b", .object([])),
        JSONMember("c", .object([JSONMember("d", .array([]))])),
    ])

    private func text(_ style: JSONStyle) -> String {
        String(decoding: value.encoded(style), as: UTF8.self)
    }

    @Test func `compact is one line`() {
        #expect(text(.compact) == #"{"a":[1,true,null],"b":{},"c":{"d":[]}}"#)
    }

    @Test func `indented is a line each, and empty containers stay closed`() {
        let expected = """
            {
              "a": [
                1,
                true,
                null
              ],
              "b": {},
              "c": {
                "d": []
              }
            }
            """
        #expect(text(.pretty) == expected)
        #expect(text(.tabs).hasPrefix("{\n\t\"a\": [\n\t\t1,\n\t\ttrue,"))
        #expect(text(.spaces(4)).contains("\n        1,"))
    }

    @Test func `strings are escaped as far as they must be`() throws {
        let hostile = "\"\\/<&>\u{0}\u{1F}\n\r\t\u{7F}é😀\u{2028}"
        let encoded = hostile.encoded()
        #expect(
            String(decoding: encoded, as: UTF8.self) == #""\"\\/<&>\u0000\u001f\n\r\t"# + "\u{7F}é😀\u{2028}\"")
        #expect(try String.decode(encoded) == hostile)
    }

    @Test(arguments: [0.5, -1e300, .leastNonzeroMagnitude, 1e20, 0.1, 3])
    func `doubles read back as the same number`(number: Double) throws {
        #expect(try Double.decode(number.encoded()) == number)
    }

    @Test func `numbers without a JSON form are null`() {
        #expect(Double.infinity.encoded() == Array("null".utf8))
        #expect(Double.nan.encoded() == Array("null".utf8))
    }

    @Test func `maps are sorted by name`() {
        let map = ["b": 1, "a": 2, "c": 3]
        #expect(map.encoded() == Array(#"{"a":2,"b":1,"c":3}"#.utf8))
    }
}
