import Glibc
import SystemPackage

@testable import NexcageSystem

/// A directory that goes away with this object, with a root to work in and a canary beside it.
final class RootDirectoryScratch {
    let path: FilePath
    var root: FilePath { path.appending("root") }
    var outside: FilePath { path.appending("outside") }
    private let canary = Array("untouched".utf8)

    init() throws {
        var template = Array("/tmp/nexcage-root.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw NexcageError.system("mkdtemp", nil, .current) }
        path = FilePath(platformString: template)
        try HostDirectory.create(path.appending("root"))
        try HostDirectory.create(path.appending("outside"))
        try HostFile.replace(path.appending("outside/canary"), with: canary, durability: .boot)
    }

    /// Whether nothing outside of the root has changed.
    func outsideIsUntouched() throws -> Bool {
        let entries = try HostDirectory.entries(outside).map(\.string)
        return try entries == ["canary"] && HostFile.read(outside.appending("canary")) == canary
    }

    deinit {
        // A test that leaves something mounted has failed already; then the tree stays for a look at it.
        try? HostDirectory.removeTree(path)
    }
}
