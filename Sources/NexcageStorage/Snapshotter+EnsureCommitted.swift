public import NexcageSystem

extension Snapshotter {
    /// Makes sure that the committed snapshot `name` exists, and fills it if it does not.
    ///
    /// Of several processes that want the same name one fills it and the others wait and find it. What a process left
    /// behind that died while filling is thrown away first.
    ///
    /// - Parameters:
    ///   - name: the key to commit under, at most 113 bytes; while it is being filled the key is `unpack NAME`.
    ///   - parent: the committed snapshot below.
    ///   - fill: writes the tree; when it throws, nothing is left.
    /// - Returns: whether `fill` was called.
    @discardableResult
    public func ensureCommitted(
        _ name: String, parent: String?, fill: (borrowing RootDirectory) throws(NexcageError) -> Void
    ) throws(NexcageError) -> Bool {
        try exclusively(name) { () throws(NexcageError) in
            if let found = try record(name), found.state == .ready {
                guard found.kind == .committed else {
                    throw NexcageError(.wrongState, "snapshot \(quoted(name)) is not committed")
                }
                return false
            }
            let draft = "unpack \(name)"
            try remove(draft)
            try prepare(draft, parent: parent)
            do throws(NexcageError) {
                try withRoot(of: draft, fill)
                try commit(draft, as: name)
            } catch {
                do throws(NexcageError) { try remove(draft) } catch let second { throw error.alsoFailing(second) }
                throw error
            }
            return true
        }
    }
}
