import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// An image that cannot be run: one line, and nothing left behind.
@Suite struct ImageInputTests {
    private func refusal(
        in scratch: Scratch, _ words: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Program.Outcome {
        let outcome = try scratch.nexcage(["run", "--name", scratch.id()] + words)
        #expect(outcome.exitCode == 125, sourceLocation: sourceLocation)
        #expect(outcome.output == "", sourceLocation: sourceLocation)
        #expect(outcome.error.isOneLine, sourceLocation: sourceLocation)
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [], sourceLocation: sourceLocation)
        #expect(try scratch.must("list", "-q").output == "", sourceLocation: sourceLocation)
        return outcome
    }

    @Test(arguments: ["layer", "index", "missing layer"])
    func contentWithAWrongDigestIsRefused(kind: String) throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        let layer = image.path(of: image.layers[1])
        switch kind {
        case "layer":
            var bytes = try HostFile.read(layer)
            bytes[600] ^= 1
            try HostFile.replace(layer, with: bytes, durability: .boot)
        case "missing layer": try HostFile.remove(layer)
        default:
            let file = image.layout.appending("index.json")
            var index = try ImageIndex.decode(HostFile.read(file))
            index.manifests[0].size += 1
            try HostFile.replace(file, with: index.encoded(), durability: .boot)
        }
        let outcome = try refusal(in: scratch, [try image.reference()])
        #expect(outcome.error.contains("sha256"))
        #expect(!HostFile.exists(scratch.dataRoot.appending("containers").appending(scratch.id())))
        // What was refused is not taken for unpacked the next time.
        _ = try refusal(in: scratch, [try image.reference()])
    }

    @Test(arguments: [
        "oci:/no/such/layout", "oci-archive:/no/such.tar", "docker-archive:/no/such.tar", "rootfs:/no/such/root",
        "busybox", "oci:",
        "http://x/y",
    ])
    func anImageThatIsNotThere(reference: String) throws {
        let scratch = try Scratch()
        let outcome = try refusal(in: scratch, [reference])
        #expect(outcome.error.contains(reference.contains("/no/") ? "/no/such" : quoted(reference)))
    }

    @Test func aTagThatTheLayoutHasNot() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        let outcome = try refusal(in: scratch, ["oci:\(image.layout):nightly"])
        #expect(outcome.error.contains("nightly"))
    }

    @Test(arguments: [
        ["--memory", "lots"], ["--cpus", "many"], ["-v", "relative"], ["-e", "=x"], ["--network", "bridge"],
        ["--runtime", "rnuc"],
        ["-u", "nobody-of-this-name"], ["--name", "../x"], ["--cap-add", "NO_SUCH_CAP"],
    ])
    func aFlagWithAWrongValue(flags: [String]) throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch)
        let outcome = try refusal(in: scratch, flags + [try image.reference()])
        #expect(outcome.error.contains(flags[1]))
    }

    @Test func anUnknownFlagIsToldWithTheNearestOne() throws {
        let scratch = try Scratch()
        let outcome = try refusal(in: scratch, ["--entrypiont", "sh", "oci:/x"])
        #expect(outcome.error.contains("--entrypoint"))
    }
}
