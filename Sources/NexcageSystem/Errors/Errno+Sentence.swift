internal import Glibc
public import SystemPackage

extension Errno {
    /// The error number that the calling thread's last system call left.
    public static var current: Errno { Errno(rawValue: errno) }

    /// strerror(3) as the middle of a sentence: first letter in lower case.
    public var sentence: String {
        let text = description
        guard let first = text.first, text.dropFirst().first?.isUppercase != true else { return text }
        return first.lowercased() + text.dropFirst()
    }
}
