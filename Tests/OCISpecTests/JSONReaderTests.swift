import Testing

@testable import OCISpec

@Suite struct JSONReaderTests {
    private func decode<Value: JSONDecodable>(_ text: String, _: Value.Type = Value.self) throws(JSONError) -> Value {
        try Value.decode(Array(text.utf8))
    }

    private func message<Value: JSONDecodable>(_ text: String, _: Value.Type) -> String? {
        do {
            _ = try Value.decode(Array(text.utf8))
            return nil
        } catch {
            return error.description
        }
    }

    @Test(arguments: [
        (#""plain""#, "plain"), (#""""#, ""), (#" "\"\\\/\b\f\n\r\t" "#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""\u00e9\u20AC""#, "é€"), (#""\ud83d\ude00""#, "😀"), (#""a\u0000b""#, "a\u{0}b"),
        (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"), (#""\ud83d\n""#, "\u{FFFD}\n"),
        (#""\ud83dA""#, "\u{FFFD}A"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
    ])
    func `strings lose their escapes`(text: String, expected: String) throws {
        #expect(try decode(text, String.self) == expected)
    }

    @Test func `invalid UTF-8 becomes the replacement character`() throws {
        #expect(try String.decode([0x22, 0x61, 0xFF, 0x62, 0x22]) == "a\u{FFFD}b")
        #expect(try String.decode([0x22, 0xF0, 0x9F, 0x22]) == "\u{FFFD}")
        #expect(try String.decode([0x22, 0xC0, 0x80, 0x5C, 0x6E, 0x22]) == "\u{FFFD}\u{FFFD}\n")
    }

    @Test(arguments: [
        #"""#, #""\"#, #""\""#, #""\u"#, #""\u12"#, #""\u12""#, #""\u12g4""#, #""\ud83d\u""#, #""\ud83d\u12""#,
        #""\x""#, "\"a\nb\"", "\"\u{0}\"", "tru", "truefalse", "nul", "", " ", "'a'", "\u{FEFF}\"a\"",
    ])
    func `malformed scalars are errors`(text: String) {
        #expect(throws: JSONError.self) { try decode(text, JSONValue.self) }
        #expect(throws: JSONError.self) { try decode(text, String.self) }
        #expect(throws: JSONError.self) { try decode(text, Bool.self) }
    }

    @Test(arguments: ["01", "-", "-01", "1.", ".5", "1e", "1e+", "+1", "0x1", "1.e2", "--1", "NaN", "Infinity", "1a"])
    func `malformed numbers are errors`(text: String) {
        #expect(throws: JSONError.self) { try decode(text, Int64.self) }
        #expect(throws: JSONError.self) { try decode(text, Double.self) }
        #expect(throws: JSONError.self) { try decode(text, JSONValue.self) }
        #expect(throws: JSONError.self) { try decode("[\(text)]", [Int64].self) }
    }

    @Test func `integers reach to the ends of their types`() throws {
        #expect(try decode("-9223372036854775808", Int64.self) == .min)
        #expect(try decode("9223372036854775807", Int64.self) == .max)
        #expect(try decode("18446744073709551615", UInt64.self) == .max)
        #expect(try decode("-2147483648", Int32.self) == .min)
        #expect(try decode("65535", UInt16.self) == .max)
        #expect(try decode("-0", UInt32.self) == 0)
    }

    @Test func `integers beyond their types are errors, never truncated`() {
        #expect(message("65536", UInt16.self) == "line 1, column 1: 65536 is out of range 0...65535")
        #expect(message("-1", UInt32.self) == "line 1, column 1: -1 is out of range 0...4294967295")
        #expect(message("4294967296", UInt32.self) != nil)
        #expect(message("2147483648", Int32.self) != nil)
        #expect(message("-9223372036854775809", Int64.self) != nil)
        #expect(message("9223372036854775808", Int64.self) != nil)
        #expect(message("18446744073709551616", UInt64.self) != nil)
        #expect(message(String(repeating: "9", count: 4000), UInt64.self) != nil)
        #expect(message("1.0", Int.self) == "line 1, column 1: expected an integer, found a fraction or an exponent")
        #expect(message("1e400", Double.self) == "line 1, column 1: 1e400 is out of range for a number")
    }

    @Test func `nesting ends at the limit`() throws {
        let limit = JSONReader.maximumDepth
        let deepest = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
        #expect(throws: Never.self) { try decode(deepest, JSONValue.self) }
        #expect(throws: JSONError.self) { try decode("[" + deepest + "]", JSONValue.self) }
        let objects = String(repeating: #"{"a":"#, count: 100_000)
        #expect(
            message(#"{"unknown":"# + objects, RuntimeSpec.self)?.hasSuffix("nested deeper than 128 levels") == true)
    }

    @Test(arguments: ["[1,]", "[,1]", "[1 2]", "[1", "[", #"{"a":1,}"#, #"{"a" 1}"#, #"{a:1}"#, #"{"a":}"#, "{", "[1}"])
    func `malformed containers are errors`(text: String) {
        #expect(throws: JSONError.self) { try decode(text, JSONValue.self) }
        #expect(throws: JSONError.self) { try decode(#"{"unknown":"# + text + "}", RuntimeSpec.self) }
    }

    @Test func `nothing may follow the document`() throws {
        #expect(try decode(" [ 1 , 2 ]\n\t\r ", [Int].self) == [1, 2])
        #expect(
            message("[] x", [Int].self) == "line 1, column 4: expected the end of the document, found \"x\"")
        #expect(message("{}{}", RuntimeSpec.self) != nil)
    }

    @Test func `of two members with one name the last wins, and null is absent`() throws {
        let spec = try decode(
            #"{"ociVersion":"1.0.0","hostname":"a","ociVersion":"1.1.0","root":null}"#, RuntimeSpec.self)
        #expect(spec.ociVersion == "1.1.0")
        #expect(spec.hostname == "a")
        #expect(spec.root == nil)
        #expect(try decode(#"{"a":"1","b":null,"a":"2"}"#, [String: String].self) == ["a": "2"])
    }

    @Test func `a name written with escapes is the same name`() throws {
        #expect(
            try decode(#"{"\u006fciVersion":"1.0.0","\u0072oot":{"path":"r"}}"#, RuntimeSpec.self).root?.path == "r")
    }

    @Test func `errors name line, column and key`() {
        let text = """
            {
              "ociVersion": "1.0.0",
              "process": {
                "args": "sh"
              }
            }
            """
        #expect(
            message(text, RuntimeSpec.self)
                == "line 4, column 13: \"process.args\": expected an array, found a string")
        #expect(
            message(#"{"mounts":[{"destination":"/"},{"type":"proc"}]}"#, RuntimeSpec.self)
                == "line 1, column 32: \"mounts[1]\": missing member \"destination\"")
        #expect(
            message(#"{"annotations":{"é":"x","a.b":1}}"#, RuntimeSpec.self)
                == "line 1, column 31: \"annotations[\"a.b\"]\": expected a string, found a number")
        #expect(
            message(#"{"linux":{"namespaces":[{"type":"pid"},{"type":"moon"}]}}"#, RuntimeSpec.self)
                == "line 1, column 48: \"linux.namespaces[1].type\": unknown namespace type \"moon\"")
        #expect(
            message(#"{"process":{"user":{"uid":-1}}}"#, RuntimeSpec.self)
                == "line 1, column 27: \"process.user.uid\": -1 is out of range 0...4294967295")
    }

    @Test func `what an error quotes from the document is short and printable`() throws {
        let hostile = #"\u001b[2J\n\u009b31m"# + String(repeating: "x", count: 10_000)
        let text = try #require(message(#"{"linux":{"namespaces":[{"type":""# + hostile + #""}]}}"#, RuntimeSpec.self))
        #expect(text.unicodeScalars.count < 300)
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
        let key = try #require(message(#"{"annotations":{""# + hostile + #"":1}}"#, RuntimeSpec.self))
        #expect(key.unicodeScalars.count < 300)
        #expect(key.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }

    @Test func `borrowed bytes are read in place`() throws {
        let bytes = Array("[1,2,3]".utf8)
        let values = try bytes.withUnsafeBufferPointer { try [Int].decode($0) }
        #expect(values == [1, 2, 3])
        #expect(throws: JSONError.self) { try [Int].decode(UnsafeBufferPointer(start: nil, count: 0)) }
    }
}
