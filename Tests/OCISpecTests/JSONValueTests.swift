import Testing

@testable import OCISpec

@Suite struct JSONValueTests {
    @Test(arguments: [
        "null", "true", "[]", "{}", "-9223372036854775808", "18446744073709551615", "0.25", #""x""#,
        #"{"z":1,"a":[{"b":null}]}"#,
    ])
    func `any value passes through`(text: String) throws {
        #expect(try Fixtures.roundTrip(text, JSONValue.self) == text)
    }

    @Test func `a repeated name is kept once, with its last value`() throws {
        #expect(try Fixtures.roundTrip(#"{"a":1,"b":2,"a":3}"#, JSONValue.self) == #"{"a":3,"b":2}"#)
    }

    @Test func `members are found by name`() throws {
        let value = try JSONValue.decode(Array(#"{"a":{"b":[7]},"s":"t","f":false}"#.utf8))
        #expect(value["a"]?["b"]?.array?.first?.integer == 7)
        #expect(value["s"]?.string == "t")
        #expect(value["f"]?.bool == false)
        #expect(value["s"]?["a"] == nil)
        #expect(value["x"] == nil)
    }

    @Test func `integers too large for 64 bits become doubles`() throws {
        #expect(try JSONValue.decode(Array("18446744073709551616".utf8)) == .double(18_446_744_073_709_551_616))
        #expect(try JSONValue.decode(Array("-9223372036854775809".utf8)) == .double(-0x1p63))
    }
}
