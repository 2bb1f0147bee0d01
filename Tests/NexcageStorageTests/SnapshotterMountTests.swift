import Glibc
import NexcageSystem
import SystemPackage
import Testing

@testable import NexcageStorage

/// The instructions of ``Snapshotter/mounts(_:)``, carried out. Each test unmounts what it has mounted.
@Suite struct SnapshotterMountTests {
    private func withMount(
        of key: String, in fixture: SnapshotterFixture, _ body: (FilePath) throws -> Void
    ) throws {
        let target = fixture.path.appending("mount")
        try HostDirectory.create(target)
        let mounts = try fixture.store.mounts(key)
        #expect(mounts.count == 1)
        for mount in mounts { try mount.attach(below: target) }
        defer { _ = system("umount \(target.string)") }
        try body(target)
    }

    @Test(arguments: Driver.allCases)
    func whatIsWrittenThroughAMountIsInTheSnapshot(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        try fixture.commit("base", file: "a")
        try fixture.store.prepare("web", parent: "base")
        try withMount(of: "web", in: fixture) { (target: FilePath) throws in
            #expect(try HostFile.read(target.appending("a")) == Array("a".utf8))
            try HostFile.replace(target.appending("b"), with: [1], durability: .boot)
        }
        #expect(try fixture.names(in: "web") == ["a", "b"])
    }

    @Test(arguments: Driver.allCases, [1, 2])
    func aViewCannotBeWrittenTo(driver: Driver, layers: Int) throws {
        let fixture = try SnapshotterFixture(driver)
        for layer in 0..<layers {
            try fixture.commit("layer\(layer)", parent: layer == 0 ? nil : "layer\(layer - 1)", file: "f\(layer)")
        }
        try fixture.store.view("look", parent: "layer\(layers - 1)")
        try withMount(of: "look", in: fixture) { (target: FilePath) throws in
            #expect(try HostDirectory.entries(target).map(\.string) == (0..<layers).map { "f\($0)" })
            #expect(throws: NexcageError.self) {
                try HostFile.replace(target.appending("x"), with: [], durability: .boot)
            }
        }
        #expect(throws: NexcageError.self) { _ = try fixture.names(in: "look") }
    }

    @Test func theOptionsAreThoseOfMount() {
        let mount = MountInstruction(.overlay(lower: ["/l/1", "/l/0"], upper: "/l/2", work: "/w/2"), isReadOnly: false)
        #expect(mount.type == "overlay" && mount.source == "overlay")
        #expect(mount.options == ["rw", "lowerdir=/l/1:/l/0", "upperdir=/l/2", "workdir=/w/2"])
        let bind = MountInstruction(.bind("/l/1"), isReadOnly: true)
        #expect(bind.type == "bind" && bind.source == "/l/1" && bind.options == ["rbind", "ro"])
    }

    /// A string of all layers would be far longer than the page that mount(2) takes.
    @Test func overlayStacksMoreLayersThanFitAPage() throws {
        let fixture = try SnapshotterFixture(.overlay)
        for layer in 0..<120 {
            try fixture.commit("layer\(layer)", parent: layer == 0 ? nil : "layer\(layer - 1)", file: "f\(layer)")
        }
        try fixture.store.prepare("web", parent: "layer119")
        #expect(try fixture.names(in: "web").count == 120)
        #expect(try fixture.store.mounts("web")[0].options.joined(separator: ",").utf8.count > 4096)
        try withMount(of: "web", in: fixture) { (target: FilePath) throws in
            #expect(try HostDirectory.entries(target).count == 120)
        }
    }
}
