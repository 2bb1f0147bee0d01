import Glibc
import SystemPackage
import Testing

@testable import NexcageSystem

@Suite struct RootDirectoryOverlayTests {
    private let scratch: RootDirectoryScratch

    init() throws {
        scratch = try RootDirectoryScratch()
        for name in ["lower", "upper", "work", "deeper"] {
            try HostDirectory.create(scratch.path.appending(name))
        }
        try HostFile.replace(scratch.path.appending("lower/a"), with: [1], durability: .boot)
        try HostFile.replace(scratch.path.appending("deeper/b"), with: [2], durability: .boot)
    }

    private func mounts() throws -> [UInt8] { try HostFile.read("/proc/self/mountinfo") }

    @Test func aDetachedMountIsNowhereToBeSeen() throws {
        let root = try RootDirectory.DetachedMount(
            overlay: [scratch.path.appending("lower"), scratch.path.appending("deeper")],
            upper: scratch.path.appending("upper"), work: scratch.path.appending("work")
        ).root()
        #expect(try root.readFile(RootDirectory.Path("b")) == [2])
        try root.top().removeFile(RootDirectory.Name("a"))
        _ = try root.top().createFile(RootDirectory.Name("c"))
        #expect(!String(decoding: try mounts(), as: UTF8.self).contains(scratch.path.string))
        let upper = try RootDirectory(scratch.path.appending("upper")).top()
        #expect(try upper.status(of: RootDirectory.Name("a"))?.kind == .characterDevice)
        #expect(HostFile.exists(scratch.path.appending("upper/c")))
    }

    @Test func olderKernelsGetTheLayersByShortNames() throws {
        var context = try RootDirectory.OverlayContext()
        let home = try HostDirectory.entries(".")
        try context.setShortLayers(
            lower: [scratch.path.appending("lower"), scratch.path.appending("deeper")],
            upper: scratch.path.appending("upper"), work: scratch.path.appending("work"))
        let root = RootDirectory(try context.mount())
        #expect(try root.readFile(RootDirectory.Path("a")) == [1])
        #expect(try root.readFile(RootDirectory.Path("b")) == [2])
        #expect(try HostDirectory.entries(".") == home)
    }

    @Test func aRefusedMountSaysWhatTheKernelSays() throws {
        let error = #expect(throws: NexcageError.self) {
            _ = try RootDirectory.DetachedMount(
                overlay: [scratch.path.appending("missing")], upper: scratch.path.appending("upper"),
                work: scratch.path.appending("work"))
        }
        #expect(error?.description.contains("missing") == true)
    }
}
