import Glibc
import NexcageSystem
import SystemPackage

/// A directory of a test's own, gone when the test ends.
final class ScratchDirectory: Sendable {
    let path: FilePath

    init() throws {
        var template = Array("/tmp/nexcage-images.XXXXXX".utf8CString)
        guard let made = template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } }) else {
            throw NexcageError.system("mkdtemp", nil, .current)
        }
        path = FilePath(platformString: made)
    }

    deinit {
        do throws(NexcageError) { try HostDirectory.removeTree(path) } catch { print("left behind: \(error)") }
    }

    /// Writes a file and the directories above it.
    func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = path.appending(name)
        try HostDirectory.create(file.removingLastComponent())
        try HostFile.replace(file, with: bytes, durability: .boot)
    }
}
