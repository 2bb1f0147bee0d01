import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// An image whose configuration lies.
@Suite struct ImageAttackTests {
    @Test("CVE-2022-23648: a volume stays inside")
    func aVolumeStaysInside() throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch) { defaults in
            defaults.volumes = ["/../../../../../../etc", "/proc/../../../etc/../root"]
            defaults.entrypoint = ["/bin/ls", "/etc"]
            defaults.cmd = []
        }
        let outcome = try scratch.nexcage("run", "--rm", image.reference())
        #expect(!outcome.output.contains("passwd"))
        #expect(!outcome.output.contains("debian_version"))
    }

    @Test(
        "CVE-2024-40635: an id beyond 32 bits is nobody's",
        arguments: ["4294967296", "4294967296:0", "0:4294967296", "-1"])
    func anIDBeyondItsBitsIsNobodys(user: String) throws {
        let scratch = try Scratch()
        let image = try TestImage(in: scratch) { $0.user = user }
        let outcome = try scratch.nexcage("run", "--rm", "--name", scratch.id(), image.reference())
        #expect(outcome.exitCode == 125)
        #expect(outcome.output == "")
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }

    @Test("CVE-2023-25173: further groups of the image's account are set")
    func furtherGroupsAreSet() throws {
        let scratch = try Scratch()
        let root = scratch.path.appending("root")
        try TestBundle.makeRoot(root)
        for (name, text) in [
            ("passwd", "root:x:0:0::/:/bin/sh\nweb:x:7:8::/:/bin/sh\n"),
            ("group", "root:x:0:\nweb:x:8:\nlogs:x:9:root,web\n"),
        ] {
            try HostFile.replace(
                root.appending("etc").appending(name), with: Array(text.utf8), mode: 0o644, durability: .boot)
        }
        let outcome = try scratch.must("run", "--rm", "--user", "web", "rootfs:\(root)", "/bin/id", "-G")
        #expect(outcome.word == "8 9")
    }
}
