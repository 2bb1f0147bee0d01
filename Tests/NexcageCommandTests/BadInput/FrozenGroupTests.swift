import Glibc
import NexcageSystem
import NexcageTesting
import SystemPackage
import Testing

@Suite struct FrozenGroupTests {
    @Test(arguments: TestBackend.allCases)
    func aContainerIsNotMadeInAFrozenGroup(backend: TestBackend) throws {
        let freezer: FilePath = "/sys/fs/cgroup/freezer"
        guard HostFile.exists(freezer.appending("cgroup.procs")) else {
            try Test.cancel("this host has no v1 freezer")
        }
        let scratch = try Scratch(backend)
        let group = freezer.appending(scratch.id("frozen"))
        try HostDirectory.create(group)
        defer { rmdir(group.string) }
        let bundle = try TestBundle(in: scratch) { $0.linux?.cgroupsPath = "/\(scratch.id("frozen"))/inner" }

        try freeze(group, "FROZEN")
        let refused = try scratch.nexcage("create", "--bundle", bundle.path.string, scratch.id())
        try freeze(group, "THAWED")
        #expect(refused.exitCode == 1)
        #expect(refused.error.hasSuffix("control group \"\(group)\" is frozen; thaw it first\n"))

        try scratch.must("create", "--bundle", bundle.path.string, scratch.id())
        try scratch.must("delete", "--force", scratch.id())
        rmdir(group.appending("inner").string)
    }

    private func freeze(_ group: FilePath, _ state: String) throws {
        let raw = open(group.appending("freezer.state").string, O_WRONLY | O_CLOEXEC)
        let file = try OwnedDescriptor(checking: raw, "open", group.string)
        try file.descriptor.writeAll(Array(state.utf8), name: "freezer.state")
    }
}
