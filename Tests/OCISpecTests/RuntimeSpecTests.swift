import Testing

@testable import OCISpec

@Suite struct RuntimeSpecTests {
    @Test func `a document with every member is written as it was read`() throws {
        #expect(try Fixtures.roundTrip(Fixtures.runtimeSpec, RuntimeSpec.self) == Fixtures.runtimeSpec)
    }

    @Test func `the document with every member is valid`() throws {
        #expect(try RuntimeSpec.decode(Array(Fixtures.runtimeSpec.utf8)).validate().map(\.description) == [])
    }

    @Test func `unknown members of any kind are passed over`() throws {
        let text = #"{"vm":{"a":[1,{"b":null}]},"ociVersion":"1.0.0","x":-1.5e3,"y":"\u0041","z":[true,false,null]}"#
        #expect(try RuntimeSpec.decode(Array(text.utf8)) == RuntimeSpec(ociVersion: "1.0.0"))
    }

    @Test func `capabilities that Linux has not are told, each once`() throws {
        var sets = CapabilitySets()
        sets.bounding = ["CAP_CHOWN", "CAP_NOSUCH", "CAP_CHECKPOINT_RESTORE"]
        sets.ambient = ["cap_kill", "CAP_NOSUCH"]
        #expect(sets.unknownNames == ["CAP_NOSUCH", "cap_kill"])
        #expect(RuntimeSpec.example().process?.capabilities?.unknownNames == [])
    }

    @Test(arguments: [false, true])
    func `the example is valid and survives a round trip`(rootless: Bool) throws {
        let example = RuntimeSpec.example(rootless: rootless, uid: 1000, gid: 1000, cgroupNamespace: true)
        #expect(example.validate() == [])
        #expect(try RuntimeSpec.decode(example.encoded(.tabs)) == example)
        #expect(example.process?.terminal == true)
        #expect(example.process?.args == ["sh"])
        let kinds = example.linux?.namespaces.map(\.kind)
        #expect(kinds?.contains(.network) == !rootless)
        #expect(kinds?.contains(.user) == rootless)
        #expect((example.linux?.resources == nil) == rootless)
        #expect(example.mounts.flatMap(\.options).contains("gid=5") == !rootless)
    }

    @Test func `a state is written in the order of runc`() throws {
        let text = """
            {"ociVersion":"1.3.0","id":"web","pid":42,"status":"running","bundle":"/b","rootfs":"/b/rootfs",\
            "created":"2026-01-02T03:04:05Z","annotations":{"a":"b"},"owner":"root"}
            """
        #expect(try Fixtures.roundTrip(text, ContainerState.self) == text)
        let state = ContainerState(id: "web", status: .stopped, bundle: "/b")
        #expect(
            String(decoding: state.encoded(), as: UTF8.self)
                == #"{"ociVersion":"1.3.0","id":"web","status":"stopped","bundle":"/b"}"#)
    }

    @Test func `features leave out what is unknown and keep what is empty`() {
        var features = Features()
        features.ociVersionMin = "1.0.0"
        features.hooks = []
        var linux = LinuxFeatures()
        var cgroup = CgroupFeatures()
        cgroup.v1 = false
        linux.cgroup = cgroup
        features.linux = linux
        #expect(
            String(decoding: features.encoded(), as: UTF8.self)
                == #"{"ociVersionMin":"1.0.0","hooks":[],"linux":{"cgroup":{"v1":false}}}"#)
    }

    @Test func `features with every member are written as they were read`() throws {
        let text = """
            {"ociVersionMin":"1.0.0","ociVersionMax":"1.3.0","hooks":["prestart"],"mountOptions":["ro"],\
            "linux":{"namespaces":["pid"],"capabilities":["CAP_KILL"],\
            "cgroup":{"v1":true,"v2":true,"systemd":false,"systemdUser":false,"rdma":true},\
            "seccomp":{"enabled":true,"actions":["a"],"operators":["o"],"archs":["x"],"knownFlags":["k"],\
            "supportedFlags":["s"]},"apparmor":{"enabled":true},"selinux":{"enabled":false},\
            "intelRdt":{"enabled":true,"schemata":true,"monitoring":true},\
            "memoryPolicy":{"modes":["MPOL_BIND"],"flags":["MPOL_F_STATIC_NODES"]},\
            "mountExtensions":{"idmap":{"enabled":true}},"netDevices":{"enabled":true}},\
            "annotations":{"a":"b"},"potentiallyUnsafeConfigAnnotations":["run.oci."]}
            """
        #expect(try Fixtures.roundTrip(text, Features.self) == text)
    }
}
