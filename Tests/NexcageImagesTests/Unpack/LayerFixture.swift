import Glibc
import NexcageSystem
import SystemPackage

@testable import NexcageImages
@testable import NexcageStorage

/// Where layers are applied: through overlayfs, as with the overlay driver, or all into one directory.
enum LayerTarget: CaseIterable, Sendable {
    case overlay
    case directory
}

/// A stack of layers in a directory that goes away with this object, and a canary beside it.
final class LayerFixture {
    let path: FilePath
    private let store: any Snapshotter
    private var layers = 0
    private let canary: String

    /// A directory of the host that hostile layers try to reach.
    var outside: String { path.appending("outside").string }

    init(_ target: LayerTarget) throws {
        var template = Array("/tmp/nexcage-layer.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw NexcageError.system("mkdtemp", nil, .current) }
        path = FilePath(platformString: template)
        let root = path.appending("store")
        store =
            switch target {
            case .overlay: OverlaySnapshotter(root: root, durability: .boot)
            case .directory: DirectorySnapshotter(root: root, durability: .boot)
            }
        try HostDirectory.create(path.appending("outside/below"), mode: 0o700)
        try HostFile.replace(path.appending("outside/canary"), with: [1], durability: .boot)
        try HostFile.replace(path.appending("outside/below/canary"), with: [2], durability: .boot)
        canary = try Self.describe(path.appending("outside"))
    }

    deinit {
        do throws(NexcageError) { try HostDirectory.removeTree(path) } catch { print("left behind: \(error)") }
    }

    /// Whether names, contents, attributes and link counts outside of the stack are what they were.
    func outsideIsUntouched() throws -> Bool {
        try Self.describe(path.appending("outside")) == canary
            && HostDirectory.entries(path).map(\.string).filter { $0 != "store" } == ["outside"]
    }

    private static func describe(_ path: FilePath) throws -> String {
        let folder = try RootDirectory(path).top()
        var text = ""
        for name in try folder.entries().sorted(by: { $0.description < $1.description }) {
            guard let status = try folder.status(of: name) else { continue }
            text += "\(path)/\(name) \(status)\n"
            if status.kind == .directory { text += try describe(path.appending(name.description)) }
        }
        return text
    }

    /// Applies one more layer on top.
    @discardableResult
    func apply(chunk: Int = 1 << 20, _ build: (inout LayerArchive) -> Void) throws -> LayerReport {
        var archive = LayerArchive()
        build(&archive)
        return try apply(archive.finished, chunk: chunk)
    }

    /// Applies the bytes of a tar as one more layer on top; one that fails is not kept.
    @discardableResult
    func apply(_ tar: [UInt8], chunk: Int = 1 << 20) throws -> LayerReport {
        var report: LayerReport?
        try store.ensureCommitted("layer\(layers)", parent: parent) {
            (root: borrowing RootDirectory) throws(NexcageError) in
            var reader = TarReader(ArraySource(tar, chunk: chunk))
            report = try LayerApplier.apply(&reader, to: root)
        }
        layers += 1
        guard let report else { throw NexcageError(.failed, "the layer was not applied") }
        return report
    }

    private var parent: String? { layers == 0 ? nil : "layer\(layers - 1)" }

    /// Calls `body` with the tree that all layers make.
    func inspect<Result>(_ body: (borrowing RootDirectory) throws(NexcageError) -> Result) throws -> Result {
        try store.remove("look")
        try store.prepare("look", parent: parent)
        return try store.withRoot(of: "look", body)
    }

    /// What a path is, or nil; links on the way are followed inside the root, the last name is not.
    func status(_ path: String) throws -> RootDirectory.Status? {
        try inspect { (root: borrowing RootDirectory) throws(NexcageError) in
            let path = try RootDirectory.Path(path)
            guard let name = path.name else { return try root.top().status() }
            do throws(NexcageError) {
                return try root.parent(of: path).status(of: name)
            } catch let error where error.code == .notFound {
                return nil
            }
        }
    }

    func content(_ path: String) throws -> String {
        try inspect { (root: borrowing RootDirectory) throws(NexcageError) in
            String(decoding: try root.readFile(RootDirectory.Path(path)), as: UTF8.self)
        }
    }

    func names(_ path: String = "") throws -> [String] {
        try inspect { (root: borrowing RootDirectory) throws(NexcageError) in
            try root.folder(RootDirectory.Path(path)).entries().map(\.description).sorted()
        }
    }

    func attributes(_ path: String) throws -> [String: [UInt8]] {
        try inspect { (root: borrowing RootDirectory) throws(NexcageError) in
            let path = try RootDirectory.Path(path)
            guard let name = path.name else { return [:] }
            let found = try root.parent(of: path).attributes(of: name)
            return Dictionary(uniqueKeysWithValues: found.map { (String(decoding: $0.key, as: UTF8.self), $0.value) })
        }
    }

    func target(_ path: String) throws -> String {
        try inspect { (root: borrowing RootDirectory) throws(NexcageError) in
            let path = try RootDirectory.Path(path)
            guard let name = path.name else { return "" }
            return String(decoding: try root.parent(of: path).readLink(name), as: UTF8.self)
        }
    }
}
