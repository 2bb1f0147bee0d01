import NexcageSystem
import SystemPackage
import Testing

@testable import NexcageRuntime

@Suite struct CgroupMembershipTests {
    /// A hybrid host's /proc/PID/cgroup, with a path that holds a colon.
    private static let hybrid = """
        9:name=systemd:/web
        8:pids:/web
        6:freezer:/nexcage:1/web
        2:cpu,cpuacct:/web
        1:memory:/
        0::/unified/web
        """

    @Test func everyControllerOfAHierarchyGetsItsDirectory() {
        let membership = CgroupMembership(parsing: Array(Self.hybrid.utf8), unifiedRoot: "/sys/fs/cgroup/unified")
        #expect(membership.directory(of: "cpu") == "/sys/fs/cgroup/cpu,cpuacct/web")
        #expect(membership.directory(of: "cpuacct") == "/sys/fs/cgroup/cpu,cpuacct/web")
        #expect(membership.directory(of: "name=systemd") == "/sys/fs/cgroup/systemd/web")
        #expect(membership.directory(of: "freezer") == "/sys/fs/cgroup/freezer/nexcage:1/web")
    }

    @Test func theRootGroupIsTheHierarchysDirectory() {
        let membership = CgroupMembership(parsing: Array(Self.hybrid.utf8), unifiedRoot: "/sys/fs/cgroup/unified")
        #expect(membership.directory(of: "memory")?.string.hasPrefix("/sys/fs/cgroup/memory") == true)
    }

    @Test func aControllerWithoutV1IsLookedForInTheUnifiedHierarchy() {
        let membership = CgroupMembership(parsing: Array("0::/a/b\n".utf8), unifiedRoot: "/sys/fs/cgroup")
        #expect(membership.directory(of: "memory") == "/sys/fs/cgroup/a/b")
        #expect(membership.unified == "/sys/fs/cgroup/a/b")
    }

    @Test func linesThatAreNoneArePassedOver() {
        let membership = CgroupMembership(parsing: Array("nonsense\n1:cpu\n\n".utf8), unifiedRoot: "/u")
        #expect(membership.directory(of: "cpu") == nil)
        #expect(membership.statistics() == ContainerStatistics())
    }

    @Test(arguments: [("1\n", true), ("0\n", false)])
    func theUnifiedHierarchySaysWhetherTheGroupIsFrozen(text: String, isFrozen: Bool) throws {
        let folder = try TemporaryDirectory()
        try folder.write(text, to: "web/cgroup.freeze")
        #expect(CgroupMembership(parsing: Array("0::/web\n".utf8), unifiedRoot: folder.path).isFrozen == isFrozen)
    }

    @Test func theTestsOwnGroupsAreFound() throws {
        let process = try ProcessIdentity(of: ProcessIdentity.ownPid)
        let membership = try CgroupMembership(of: process)
        #expect(!membership.isFrozen)
        #expect(membership.statistics().cpu.total > 0)
    }
}
