import Glibc
import NexcageSystem
import SystemPackage

/// A directory that goes away with this object.
final class TemporaryDirectory: Sendable {
    let path: FilePath

    init() throws {
        var template = Array("/tmp/nexcage-engine.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw NexcageError.system("mkdtemp", nil, .current) }
        path = FilePath(platformString: template)
    }

    deinit {
        do throws(NexcageError) { try HostDirectory.removeTree(path) } catch { print("left behind: \(error)") }
    }
}
