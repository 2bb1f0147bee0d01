import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

extension Engines {
    /// containerd's CRI plug-in, called as the kubelet calls it, with a runtime handler of our own.
    @Suite struct ContainerdCRITests {
        @Test(arguments: TestBackend.allCases)
        func aPodLivesAndIsRemoved(_ backend: TestBackend) throws {
            let containerd = try Containerd(backend)
            let kubelet = try CRIClient(containerd)
            let pod = containerd.scratch.id("pod")
            let sandbox = try kubelet.runSandbox(pod)
            let id = try kubelet.createContainer("web", in: sandbox, of: pod, "/bin/sleep", "1000")
            try kubelet.startContainer(id)
            #expect(try kubelet.status(id).state == 1)
            let exec = try kubelet.exec(id, "/bin/sh", "-c", "echo inside; exit 5")
            #expect(exec.output == "inside\n")
            #expect(exec.exitCode == 5)
            // Namespaces of a pod are shared by path.
            let link = try kubelet.exec(id, "/bin/busybox", "readlink", "/proc/1/ns/ipc").output
            #expect(link.hasPrefix("ipc:["))
            try eventually("it uses memory") { try kubelet.memory(id) > 0 }
            try kubelet.stopContainer(id)
            #expect(try kubelet.status(id).state == 2)
            // In the sandbox's pid namespace it is not the first process, so that SIGTERM ends it.
            #expect(try kubelet.status(id).exitCode == 143)
            try kubelet.removeContainer(id)
            try kubelet.stopSandbox(sandbox)
            try kubelet.removeSandbox(sandbox)
            #expect(try containerd.must("--namespace", "k8s.io", "container", "list", "--quiet") == "")
        }

        @Test func theNameInTheAnnotationsDecidesOnTheBackend() throws {
            let configuration =
                #"{"default_runtime": "runc", "routing": [{"pattern": "cilium-*", "runtime": "crun"}]}"#
            let containerd = try Containerd(configuration: configuration)
            try TestBackend.runc.require()
            let kubelet = try CRIClient(containerd)
            let pod = containerd.scratch.id("pod")
            let sandbox = try kubelet.runSandbox(pod)
            let network = try kubelet.createContainer("cilium-agent", in: sandbox, of: pod, "/bin/sleep", "1000")
            let other = try kubelet.createContainer("web", in: sandbox, of: pod, "/bin/sleep", "1000")
            for id in [network, other] { try kubelet.startContainer(id) }
            let list = try containerd.list(namespace: "k8s.io")
            #expect(list[network] == "crun")
            #expect(list[other] == "runc")
            #expect(list[sandbox] == "runc")
            for id in [network, other] {
                #expect(try kubelet.exec(id, "/bin/true").exitCode == 0)
                try kubelet.stopContainer(id)
                try kubelet.removeContainer(id)
            }
            try kubelet.stopSandbox(sandbox)
            try kubelet.removeSandbox(sandbox)
        }
    }
}

extension Containerd {
    /// The backend of each container of a namespace, as nexcage lists them under the shim's root.
    func list(namespace: String) throws -> [String: String] {
        let words = ["--root", "/run/containerd/runc/\(namespace)", "list", "--format", "json"]
        let document = try Program.nexcage.run(words, in: scratch.path).document()
        var backends: [String: String] = [:]
        for entry in document.array ?? [] {
            if let id = entry["id"]?.string { backends[id] = entry["backend"]?.string }
        }
        return backends
    }
}
