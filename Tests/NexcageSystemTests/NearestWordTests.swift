import Testing

@testable import NexcageSystem

@Suite struct NearestWordTests {
    private let verbs = ["create", "start", "state", "stop", "delete"]

    @Test(arguments: [
        ("crate", "create"), ("sttae", "state"), ("delte", "delete"), ("strt", "start"), ("create", "create"),
    ])
    func theNearestIsFound(word: String, expected: String) {
        #expect(NearestWord.find(word, in: verbs) == expected)
    }

    @Test(arguments: ["", "frobnicate", "xyz"])
    func nothingIsBetterThanAWildGuess(word: String) {
        #expect(NearestWord.find(word, in: verbs) == nil)
    }

    @Test func longWordsMayDifferMore() {
        #expect(
            NearestWord.find("container_config.defualt_runtime_type", in: ["container_config.default_container_type"])
                != nil)
        #expect(NearestWord.find("a", in: []) == nil)
    }
}
