import NexcageStorage
import NexcageSystem
import OCISpec
import SystemPackage
import Testing

@testable import NexcageImages

private let isInstalled: Bool = {
    do throws(NexcageError) {
        _ = try Command.locate("umoci")
        return true
    } catch { return false }
}()

@Suite("Layouts made by umoci", .enabled(if: isInstalled, "umoci is not installed"))
struct UmociLayoutTests {
    private func umoci(_ arguments: [String]) throws {
        _ = try LiveCommandRunner().check(Command(Command.locate("umoci"), arguments))
    }

    @Test("an image with two gzip layers, a whiteout and a configuration comes out as it went in")
    func image() throws {
        let scratch = try ScratchDirectory()
        let layout = scratch.path.appending("layout")
        let bundle = scratch.path.appending("bundle")
        try umoci(["init", "--layout", layout.string])
        try umoci(["new", "--image", "\(layout):v1"])
        try umoci(["unpack", "--image", "\(layout):v1", bundle.string])
        try scratch.write("bundle/rootfs/srv/keep", Array("kept".utf8))
        try scratch.write("bundle/rootfs/srv/drop", Array("dropped".utf8))
        try umoci(["repack", "--refresh-bundle", "--image", "\(layout):v1", bundle.string])
        try HostFile.remove(bundle.appending("rootfs/srv/drop"))
        try umoci(["repack", "--refresh-bundle", "--image", "\(layout):v1", bundle.string])
        try umoci([
            "config", "--image", "\(layout):v1", "--config.cmd", "/bin/true", "--config.env", "A=b",
            "--os", "linux", "--architecture", Platform.host.architecture,
        ])

        let reference = try ImageReference(parsing: "oci:\(layout):v1")
        let reader = try #require(try reference.reader())
        let image = try ImageResolver().resolve(reference, in: reader)
        #expect(image.layers.count == 2)
        #expect(image.layers.allSatisfy { $0.descriptor.mediaType == .layerTarGzip })
        #expect(image.configuration.config?.cmd == ["/bin/true"])
        #expect(image.configuration.config?.env == ["A=b"])

        let snapshots = scratch.path.appending("snapshots")
        try HostDirectory.create(snapshots)
        let store = DirectorySnapshotter(root: snapshots, durability: .boot)
        let top = try ImageUnpacker(into: store).unpack(image, from: reader)
        try store.prepare("look", parent: top)
        let names = try store.withRoot(of: "look") { root throws(NexcageError) in
            try root.folder(RootDirectory.Path("srv")).entries().map(\.description)
        }
        #expect(names == ["keep"])
    }
}
