import NexcageEngine
import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// `kill -9` between the steps that only containers of images have.
@Suite struct ImageKillNineTests {
    private func run(_ scratch: Scratch, _ image: TestImage, _ flags: [String], dying step: DebugStop?) throws
        -> Program.Outcome
    {
        try scratch.nexcage(
            ["run", "--name", scratch.id()] + flags + [
                "--entrypoint", "/bin/sh", try image.reference(), "-c", "exit 0",
            ],
            environment: step.map { ["NEXCAGE_DEBUG_STOP=\($0.rawValue)"] } ?? [])
    }

    private func expectCleared(_ scratch: Scratch, sourceLocation: SourceLocation = #_sourceLocation) throws {
        expectSilence(try scratch.nexcage("delete", "--force", scratch.id()), sourceLocation: sourceLocation)
        try eventually("nothing is left") { try Leftovers.find(scratch.id(), in: scratch).isEmpty }
        #expect(try scratch.must("list", "-q").output == "", sourceLocation: sourceLocation)
    }

    @Test(
        arguments: TestBackend.allCases,
        [
            .createReserved, .createSnapshotPrepared, .createMounted, .createBundleWritten, .createBackendDone,
            .createRecorded, .startBackendDone, .runStarted, .runEnded,
        ] as [DebugStop])
    func inARun(_ backend: TestBackend, step: DebugStop) throws {
        let scratch = try Scratch(backend)
        let image = try TestImage(in: scratch)
        #expect(try run(scratch, image, [], dying: step).exitCode == 137)
        #expect(try scratch.must("list", "-q").output == "\(scratch.id())\n")
        try expectCleared(scratch)
        // The id, its folder and its layer are free again.
        #expect(try run(scratch, image, ["--rm"], dying: nil).exitCode == 0)
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test(
        arguments: [DebugStop.deleteBackendDone, .deleteUnmounted, .deleteSnapshotRemoved], ["overlay", "directory"])
    func inADeletion(step: DebugStop, driver: String) throws {
        let scratch = try Scratch()
        try scratch.write(#"{"storage": {"driver": "\#(driver)"}}"#, to: "configuration.json")
        let image = try TestImage(in: scratch)
        try scratch.must("run", "--name", scratch.id(), image.reference())
        let outcome = try scratch.nexcage(
            ["delete", scratch.id()], environment: ["NEXCAGE_DEBUG_STOP=\(step.rawValue)"])
        #expect(outcome.exitCode == 137)
        #expect(try scratch.must("list", "-q").output == "\(scratch.id())\n")
        try expectCleared(scratch)
    }

    @Test(arguments: ["overlay", "directory"])
    func whileLayersAreUnpacked(driver: String) throws {
        let scratch = try Scratch()
        try scratch.write(#"{"storage": {"driver": "\#(driver)"}}"#, to: "configuration.json")
        let image = try TestImage(in: scratch)
        #expect(try run(scratch, image, [], dying: .unpackLayerApplied).exitCode == 137)
        #expect(try scratch.must("list", "-q").output == "")
        // What was unpacked completely is used, and the rest is unpacked again.
        #expect(try run(scratch, image, ["--rm"], dying: nil).exitCode == 0)
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }
}
