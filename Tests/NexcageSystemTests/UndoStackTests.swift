import Testing

@testable import NexcageSystem

@Suite struct UndoStackTests {
    private final class Journal {
        var lines: [String] = []
    }

    @Test func theLastActIsUndoneFirst() {
        let journal = Journal()
        var undo = UndoStack()
        for name in ["first", "second", "third"] {
            undo.push(name) { () throws(NexcageError) in journal.lines.append(name) }
        }
        let failure = NexcageError(.failed, "it broke")
        #expect(undo.unwind(after: failure) == failure)
        #expect(journal.lines == ["third", "second", "first"])
    }

    @Test func anInverseThatFailsStopsNothingAndIsTold() {
        let journal = Journal()
        var undo = UndoStack()
        undo.push("remove") { () throws(NexcageError) in journal.lines.append("removed") }
        undo.push("unmount") { () throws(NexcageError) in throw NexcageError(.busy, "in use") }
        let error = undo.unwind(after: NexcageError(.failed, "it broke").wrapped("create"))
        #expect(error.code == .failed)
        #expect(error.description == "create: it broke (and undoing it failed: unmount: in use)")
        #expect(journal.lines == ["removed"])
    }

    @Test func whatSucceededIsNotUndone() {
        let journal = Journal()
        do {
            var undo = UndoStack()
            undo.push("x") { () throws(NexcageError) in journal.lines.append("undone") }
        }
        #expect(journal.lines == [])
    }

    @Test func aSecondUnwindingDoesNothing() {
        let journal = Journal()
        var undo = UndoStack()
        undo.push("x") { () throws(NexcageError) in journal.lines.append("undone") }
        let failure = NexcageError(.failed, "it broke")
        _ = undo.unwind(after: failure)
        #expect(undo.unwind(after: failure) == failure)
        #expect(journal.lines == ["undone"])
    }
}
