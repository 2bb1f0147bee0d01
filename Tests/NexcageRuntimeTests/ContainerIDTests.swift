import NexcageSystem
import Testing

@testable import NexcageRuntime

@Suite struct ContainerIDTests {
    @Test(arguments: ["a", "web", "A-b_c+d.e", "0", "_", "-x", "+", String(repeating: "f", count: 64)])
    func runcsRuleAcceptsIt(text: String) throws {
        #expect(try ContainerID(text).description == text)
    }

    @Test(arguments: ["", ".", "..", ".hidden", "a/b", "a b", "../x", "a\n", "ä", "a\u{0}", "a:b", "*"])
    func runcsRuleRefusesIt(text: String) {
        #expect { try ContainerID(text) } throws: { error in
            guard let error = error as? NexcageError else { return false }
            return error.code == .invalid && error.description.hasPrefix("invalid container id ")
        }
    }

    @Test func itsLengthIsLimited() throws {
        let longest = String(repeating: "a", count: ContainerID.maximumLength)
        #expect(try ContainerID(longest).description == longest)
        #expect(throws: NexcageError.self) { try ContainerID(longest + "a") }
    }

    @Test func aRandomOneIsTwelveHexDigits() throws {
        let ids = try (0..<100).map { _ in try ContainerID.random().description }
        for id in ids {
            #expect(id.utf8.count == 12)
            #expect(id.allSatisfy { $0.isHexDigit })
        }
        #expect(Set(ids).count == ids.count)
    }
}
