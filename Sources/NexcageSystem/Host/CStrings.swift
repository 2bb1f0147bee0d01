internal import Glibc
public import SystemPackage

/// C strings that live as long as this value, for C structures that keep pointers to them during a call.
public struct CStrings: ~Copyable {
    private var owned: [UnsafeMutablePointer<CChar>] = []

    /// Holds nothing yet.
    public init() {}

    /// A copy of the text that ends with this value.
    public mutating func copy(_ text: String) -> UnsafePointer<CChar>? {
        guard let copy = strdup(text) else { return nil }
        owned.append(copy)
        return UnsafePointer(copy)
    }

    /// The same for a path, whose bytes need not be UTF-8; nil stays nil.
    public mutating func copy(_ path: FilePath?) -> UnsafePointer<CChar>? {
        guard let path, let copy = path.withPlatformString({ strdup($0) }) else { return nil }
        owned.append(copy)
        return UnsafePointer(copy)
    }

    deinit {
        for text in owned { free(text) }
    }
}
