import Glibc
import NexcageStorage
import NexcageSystem
import OCISpec
import SystemPackage
import Testing

@testable import NexcageImages

@Suite("From an image to snapshots")
struct ImageUnpackerTests {
    private let scratch: ScratchDirectory
    private let store: DirectorySnapshotter

    init() throws {
        scratch = try ScratchDirectory()
        let snapshots = scratch.path.appending("snapshots")
        try HostDirectory.create(snapshots)
        store = DirectorySnapshotter(root: snapshots, durability: .boot)
    }

    private func unpack(
        _ build: (inout LayoutBuilder) throws -> Descriptor, report: @escaping (UnpackProgress) -> Void = { _ in }
    ) throws -> String {
        var builder = LayoutBuilder()
        builder.tag("t", try build(&builder))
        try builder.write(to: scratch)
        return try unpackLayout(report: report)
    }

    private func unpackLayout(report: @escaping (UnpackProgress) -> Void = { _ in }) throws -> String {
        let reference = ImageReference.layout(scratch.path, tag: "t")
        let reader = try LayoutDirectory(scratch.path)
        let image = try ImageResolver().resolve(reference, in: reader)
        return try ImageUnpacker(into: store).unpack(image, from: reader, report: report)
    }

    private func content(of path: String, in key: String) throws -> String {
        try store.prepare("look", parent: key)
        let text = try store.withRoot(of: "look") { root throws(NexcageError) in
            String(decoding: try root.readFile(RootDirectory.Path(path)), as: UTF8.self)
        }
        try store.remove("look")
        return text
    }

    @Test("layers lie on top of each other under their ChainIDs, and a second time nothing is read")
    func layers() throws {
        var stages: [UnpackProgress] = []
        let top = try unpack({ try $0.image([Layers.hello, Layers.other]) }, report: { stages.append($0) })
        #expect(try content(of: "hello", in: top) == "world")
        #expect(try content(of: "etc/other", in: top) == "more")
        let hello = try Digest.sha256(of: Layers.hello)
        let both = try Digest.sha256(of: Array("\(hello) \(try Digest.sha256(of: Layers.other))".utf8))
        #expect(top == both.description)
        #expect(try store.list().map(\.key) == [hello.description, top])
        #expect(stages.map(\.layer) == [1, 1, 2, 2])
        #expect(stages.first?.stage == .reading(bytes: Int64(Layers.hello.count)))
        #expect(stages.first?.size == Int64(Layers.hello.count) && stages.first?.layerCount == 2)

        try HostFile.remove(scratch.path.appending(ImageLayoutFile.blob(hello)))
        stages = []
        #expect(try unpackLayout { stages.append($0) } == top)
        #expect(stages.map(\.stage) == [.present, .present])
    }

    @Test("an image that shares its lower layers reads only what is new")
    func sharing() throws {
        _ = try unpack { try $0.image([Layers.hello]) }
        var stages: [UnpackProgress] = []
        _ = try unpack({ try $0.image([Layers.hello, Layers.other]) }, report: { stages.append($0) })
        #expect(stages.first?.stage == .present && stages.first?.layer == 1)
        #expect(stages.dropFirst().allSatisfy { $0.layer == 2 })
    }

    @Test("a wrong digest, a size wrong by one and a wrong diff_id leave no snapshot, and say which layer it was")
    func integrity() throws {
        let other = try Digest.sha256(of: Layers.other)
        let cases: [(inout LayoutBuilder) throws -> Descriptor] = [
            { builder in
                let image = try builder.image([Layers.hello, Layers.other])
                var changed = Layers.other
                changed[600] ^= 1
                builder.set(ImageLayoutFile.blob(other), changed)
                return image
            },
            { try $0.image([Layers.hello, Layers.other]) { $0.layers[1].size += 1 } },
            { try $0.image([Layers.hello, Layers.other]) { $0.layers[1].size -= 1 } },
            {
                try $0.image(
                    [Layers.hello, Layers.other], diffIDs: [try Digest.sha256(of: Layers.hello), Self.nobody])
            },
        ]
        for build in cases {
            let error = #expect(throws: NexcageError.self) { try unpack(build) }
            #expect(error?.code == .integrity)
            #expect(error?.description.contains("layer 2 of 2") == true)
            #expect(try store.list().map(\.key) == [try Digest.sha256(of: Layers.hello).description])
        }
        // What was there already serves the image once its blob is right.
        #expect(try content(of: "etc/other", in: unpack { try $0.image([Layers.hello, Layers.other]) }) == "more")
    }

    private static var nobody: Digest {
        get throws { try Digest.sha256(of: Array("nobody's tar".utf8)) }
    }

    @Test("of several that want one image at a time, each layer is unpacked by one")
    func concurrently() async throws {
        var builder = LayoutBuilder()
        builder.tag("t", try builder.image([Layers.hello, Layers.other]))
        try builder.write(to: scratch)
        let unpacked = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var count = 0
                    _ = try unpackLayout { if case .unpacked = $0.stage { count += 1 } }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(unpacked == 2)
        #expect(try store.list().count == 2)
    }

    @Test("a missing blob is an error that names the layer")
    func missingBlob() throws {
        var builder = LayoutBuilder()
        let image = try builder.image([Layers.hello])
        builder.tag("t", image)
        try builder.write(to: scratch)
        try HostFile.remove(scratch.path.appending(ImageLayoutFile.blob(try Digest.sha256(of: Layers.hello))))
        let error = #expect(throws: NexcageError.self) { try unpackLayout() }
        #expect(error?.code == .notFound)
        #expect(error?.description.contains("layer 1 of 1") == true)
    }
}
