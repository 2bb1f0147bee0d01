import Glibc
import NexcageSystem
import OCISpec
import SystemPackage

/// A directory that goes away with this object.
final class TemporaryDirectory: Sendable {
    let path: FilePath

    init() throws {
        var template = Array("/tmp/nexcage-runtime.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw NexcageError.system("mkdtemp", nil, .current) }
        path = FilePath(platformString: template)
    }

    deinit {
        do throws(NexcageError) { try HostDirectory.removeTree(path) } catch { print("left behind: \(error)") }
    }

    /// Writes a file and the directories above it.
    func write(_ text: String, to name: String) throws {
        let file = path.appending(name)
        try HostDirectory.create(file.removingLastComponent())
        try HostFile.replace(file, with: Array(text.utf8), durability: .boot)
    }

    /// Makes this directory a bundle that is valid.
    func makeBundle() throws {
        try HostDirectory.create(path.appending("rootfs"))
        try write(String(decoding: RuntimeSpec.example().encoded(), as: UTF8.self), to: "config.json")
    }
}
