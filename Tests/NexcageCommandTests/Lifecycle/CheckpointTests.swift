import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// `checkpoint` and `restore` with the real criu; Debian 12's own (3.17) cannot cope with new kernels, so a later one is
/// looked for in PATH (scripts/install-criu.sh).
@Suite struct CheckpointTests {
    /// Cancels the test, which counts as skipped, where no criu of version 4 or later is at hand.
    private func requireCRIU(_ backend: TestBackend) throws {
        try backend.requireCRIU()
        let path = Environment.value(of: "PATH") ?? Command.searchPath
        let places = path.split(separator: ":").map { FilePath("\($0)/criu") }
        guard let criu = places.first(where: { HostFile.isExecutable($0) }) else {
            try Test.cancel("no criu in PATH")
        }
        let result = try LiveCommandRunner().run(Command(criu, ["--version"]))
        guard String(decoding: result.output, as: UTF8.self).contains("Version: 4") else {
            try Test.cancel("\(criu) is older than 4")
        }
    }

    /// A container that counts in its memory, without a network namespace, which criu would need iptables for.
    private func counter(in scratch: Scratch) throws -> TestBundle {
        let script =
            "exec </dev/null >/dev/null 2>&1; i=0; while true; do i=$((i+1)); echo $i > /tmp/count; sleep 0.05; done"
        return try TestBundle(in: scratch, "bundle", script) { spec in
            spec.linux?.namespaces.removeAll { $0.kind == .network }
        }
    }

    private func count(_ bundle: TestBundle) throws -> Int {
        let text = try HostFile.read(bundle.root.appending("tmp/count"))
        return Int(String(decoding: text.filter { $0 != 0x0A }, as: UTF8.self)) ?? 0
    }

    @Test(arguments: TestBackend.allCases)
    func aCounterGoesOnFromWhereItWasDumped(_ backend: TestBackend) throws {
        try requireCRIU(backend)
        let scratch = try Scratch(backend)
        let bundle = try counter(in: scratch)
        let images = scratch.path.appending("images").string
        let id = scratch.id()
        try scratch.must("run", "-d", "--bundle", bundle.path.string, id)
        try eventually("it counts") { try HostFile.exists(bundle.root.appending("tmp/count")) && count(bundle) > 3 }
        try scratch.must("checkpoint", "--image-path", images, id)
        #expect(try scratch.must("list", "-q").output == "")
        let dumped = try count(bundle)
        try scratch.must("restore", "--bundle", bundle.path.string, "--image-path", images, "--detach", id)
        #expect(try scratch.state(id).status == .running)
        try eventually("it goes on") { try count(bundle) > dumped + 3 }
        try scratch.must("delete", "--force", id)
    }

    @Test(arguments: TestBackend.allCases)
    func aContainerCanBeLeftRunning(_ backend: TestBackend) throws {
        try requireCRIU(backend)
        let scratch = try Scratch(backend)
        let bundle = try counter(in: scratch)
        let id = scratch.id()
        try scratch.must("run", "-d", "--bundle", bundle.path.string, id)
        try eventually("it counts") { try HostFile.exists(bundle.root.appending("tmp/count")) && count(bundle) > 3 }
        try scratch.must("checkpoint", "--leave-running", "--image-path", scratch.path.appending("images").string, id)
        #expect(try scratch.state(id).status == .running)
        try scratch.must("delete", "--force", id)
    }
}
