import NexcageSystem
import Testing

@Suite struct NumberSetTests {
    @Test(arguments: [("0", [1]), ("0-3,7", [0x8F]), ("64", [0, 1]), ("1,1-2", [6])] as [(String, [UInt64])])
    func listsAreRead(_ text: String, _ words: [UInt64]) throws {
        #expect(try NumberSet(parsing: text).words == words)
    }

    @Test(arguments: ["", "a", "3-1", "-1", "1-", "0,", "8192", "1-2-3", " 1"])
    func anythingElseIsRefused(_ text: String) {
        #expect(throws: NexcageError.self) { try NumberSet(parsing: text) }
    }
}
