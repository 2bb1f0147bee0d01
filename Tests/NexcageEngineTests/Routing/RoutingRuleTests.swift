import NexcageRuntime
import NexcageSystem
import Testing

@testable import NexcageEngine

/// Patterns on names: the table of the predecessor's semantics, with its bugs put right.
@Suite struct RoutingRuleTests {
    @Test(arguments: [
        ("kube-ovn-*", "kube-ovn-1", true),
        ("kube-ovn-*", "my-kube-ovn-1", false),
        ("*", "anything", true),
        // Not anchored, so a glob: the dot stands for itself.
        (".*", "web", false),
        (".*", ".web", true),
        // The predecessor's globs did not backtrack.
        ("*-db", "web-db", true),
        ("*-db", "my-web-db", true),
        ("a*b", "a1b2b", true),
        ("a*b", "a1b2c", false),
        ("web-?", "web-1", true),
        ("web-?", "web-12", false),
        ("web-[a-c]", "web-b", true),
        ("web-[a-c]", "web-d", false),
        ("web", "web", true),
        ("web", "web2", false),
        ("web", "WEB", false),
    ])
    func aGlob(pattern: String, name: String, matches: Bool) throws {
        #expect(try RoutingRule(pattern: pattern, runtime: .automatic).matches(name) == matches)
    }

    @Test(arguments: [
        ("^(kube-ovn-.*|cilium-.*)$", "cilium-x", true),
        ("^(kube-ovn-.*|cilium-.*)$", "kube-ovn-7", true),
        ("^(kube-ovn-.*|cilium-.*)$", "my-cilium-x", false),
        // A start anchor alone is a prefix, an end anchor alone a suffix, as every regular expression has it.
        ("^prod-", "prod-1", true),
        ("^prod-", "preprod-1", false),
        ("^prod-.*", "prod-1", true),
        (".*-web$", "my-web", true),
        (".*-web$", "a-web", true),
        (".*-web$", "a-web-1", false),
        ("^a|b$", "b", true),
        ("^[a-c]+[0-9]?$", "abc7", true),
        ("^[a-c]+[0-9]?$", "abd", false),
    ])
    func anExpression(pattern: String, name: String, matches: Bool) throws {
        #expect(try RoutingRule(pattern: pattern, runtime: .automatic).matches(name) == matches)
    }

    @Test(arguments: ["", "^(a$", "^[$"])
    func aPatternThatIsNoneIsRefused(pattern: String) {
        let error = #expect(throws: NexcageError.self) { try RoutingRule(pattern: pattern, runtime: .automatic) }
        #expect(error?.code == .invalid)
    }

    @Test func autoIsAWordOfItsOwn() throws {
        #expect(try RuntimeChoice("auto") == .automatic)
        #expect(try RuntimeChoice("runc") == .named(.runc))
        #expect(RuntimeChoice.automatic.description == "auto")
        #expect(throws: NexcageError.self) { try RuntimeChoice("no/path") }
    }
}
