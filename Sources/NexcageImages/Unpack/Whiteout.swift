internal import NexcageSystem

/// An entry that hides something of the layers below (image-spec layer.md, "Whiteouts").
enum Whiteout {
    /// `.wh.NAME` hides what has the name.
    case name(RootDirectory.Name)
    /// `.wh..wh..opq` hides all that lower layers have in the directory.
    case all
    /// `.wh..wh.` and anything else: notes that AUFS left for itself.
    case nothing

    private static let prefix = Array(".wh.".utf8)
    private static let opaque = Array(".wh..opq".utf8)

    /// - Returns: nil for a name that is none.
    /// - Throws: `integrity` for the whiteout of nothing, `.` or `..`.
    init?(_ name: RootDirectory.Name) throws(NexcageError) {
        guard name.bytes.starts(with: Self.prefix) else { return nil }
        let hidden = name.bytes.dropFirst(Self.prefix.count)
        if hidden.elementsEqual(Self.opaque) {
            self = .all
        } else if hidden.starts(with: Self.prefix) {
            self = .nothing
        } else {
            do throws(NexcageError) {
                self = .name(try RootDirectory.Name(hidden))
            } catch {
                throw NexcageError(.integrity, "a whiteout of \(quoted(String(decoding: hidden, as: UTF8.self)))")
            }
        }
    }
}
