/// The name of an object member, compared byte by byte with the names a decoder knows.
///
/// It borrows the document: do not keep it beyond the reading of its member. ``name`` makes a copy to keep.
public struct JSONKey {
    @usableFromInline let start: UnsafePointer<UInt8>
    @usableFromInline let count: Int
    /// Set only for a name that was written with escapes, whose bytes in the document are not the name.
    @usableFromInline let unescaped: String?

    init(start: UnsafePointer<UInt8>, count: Int, unescaped: String?) {
        self.start = start
        self.count = count
        self.unescaped = unescaped
    }

    /// The name as a string of its own.
    public var name: String {
        unescaped ?? String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// Lets `switch key { case "args": … }` dispatch without making a string.
    @inlinable
    public static func ~= (pattern: StaticString, key: JSONKey) -> Bool {
        if let unescaped = key.unescaped { return unescaped == "\(pattern)" }
        guard pattern.utf8CodeUnitCount == key.count else { return false }
        let expected = pattern.utf8Start
        for index in 0..<key.count where expected[index] != key.start[index] { return false }
        return true
    }
}
