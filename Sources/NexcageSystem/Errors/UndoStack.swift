/// The inverses of the acts done so far: run backwards when a later act fails, forgotten when all have succeeded.
///
/// ```swift
/// var undo = UndoStack()
/// do throws(NexcageError) {
///     try mount(...)
///     undo.push("unmount") { () throws(NexcageError) in try unmount(...) }
///     try start(...)
/// } catch { throw undo.unwind(after: error) }
/// ```
public struct UndoStack: ~Copyable {
    private var inverses: [(name: String, body: () throws(NexcageError) -> Void)] = []

    /// An empty stack.
    public init() {}

    /// Registers the inverse of an act that has just succeeded.
    ///
    /// - Parameters:
    ///   - name: what the inverse does, for the message when it fails itself.
    ///   - body: the inverse; it must bear that its act was already undone by someone else.
    public mutating func push(_ name: String, _ body: @escaping () throws(NexcageError) -> Void) {
        inverses.append((name, body))
    }

    /// Runs all inverses, last act first, and goes on when one fails.
    ///
    /// - Returns: `error`, with the failures of inverses told behind it.
    public mutating func unwind(after error: NexcageError) -> NexcageError {
        var result = error
        while let inverse = inverses.popLast() {
            do throws(NexcageError) {
                try inverse.body()
            } catch {
                result = result.alsoFailing(error.wrapped(inverse.name))
            }
        }
        return result
    }
}
