import Testing

@testable import NexcageRuntime

@Suite struct OCIRuntimeLogTests {
    private func lastError(_ lines: String...) -> String? {
        OCIRuntimeLog.lastError(in: Array(lines.joined(separator: "\n").utf8))
    }

    @Test func theLastLineOfLevelErrorCounts() {
        let found = lastError(
            #"{"level":"error","msg":"first","time":"2026-01-01T00:00:00Z"}"#,
            #"{"level":"error","msg":"container \"web\" does not exist","time":"2026-01-01T00:00:01Z"}"#,
            #"{"level":"warning","msg":"later","time":"2026-01-01T00:00:02Z"}"#, "")
        #expect(found == #"container "web" does not exist"#)
    }

    @Test func aLineThatWasCutSaysNothing() {
        #expect(lastError(#"{"level":"error","msg":"whole"}"#, #"{"level":"error","msg":"hal"#) == "whole")
    }

    @Test func linesOfOthersArePassedOver() {
        #expect(lastError("panic: runtime error", "[]", "7", #"{"level":"error"}"#) == nil)
        #expect(lastError("") == nil)
    }
}
