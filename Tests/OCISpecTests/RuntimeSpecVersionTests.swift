import OCISpec
import Testing

@Suite struct RuntimeSpecVersionTests {
    @Test(arguments: [
        (#"{"ociVersion":"1.2.1","a":{"ociVersion":"x"}}"#, #"{"ociVersion":"1.0.2","a":{"ociVersion":"x"}}"#),
        (#"{"a":{"ociVersion":"x"}, "ociVersion" : "1.3.0" }"#, #"{"a":{"ociVersion":"x"}, "ociVersion" : "1.0.2" }"#),
        (#"{"\u006fciVersion":"1.2.0"}"#, #"{"\u006fciVersion":"1.0.2"}"#), ("{}", "{}"),
    ])
    func onlyTheVersionOfTheDocumentChanges(_ before: String, _ after: String) throws {
        let result = try RuntimeSpec.replacingVersion(in: Array(before.utf8), with: "1.0.2")
        #expect(String(decoding: result, as: UTF8.self) == after)
    }

    @Test func membersAreSetReplacedAndTakenOut() throws {
        var value = try JSONValue.decode(Array(#"{"a":1,"b":2}"#.utf8))
        value.set("a", to: .integer(3))
        value.set("b", to: nil)
        value.set("c", to: .null)
        #expect(String(decoding: value.encoded(), as: UTF8.self) == #"{"a":3,"c":null}"#)
    }
}
