import NexcageSystem
import NexcageTesting
import SystemPackage

/// The calls of the kubelet that the tests need (k8s.io/cri-api, runtime/v1).
final class CRIClient {
    private let containerd: Containerd
    private let connection: RPCConnection
    private let logs: FilePath

    init(_ containerd: Containerd) throws {
        self.containerd = containerd
        connection = try RPCConnection(containerd.socket)
        logs = containerd.scratch.path.appending("logs")
    }

    private func call(_ method: String, _ body: (inout ProtobufWriter) -> Void) throws -> ProtobufMessage {
        do {
            return try connection.call("/runtime.v1.RuntimeService/\(method)", ProtobufWriter.message(body))
        } catch {
            throw NexcageError(
                .failed,
                "\(error): \(try containerd.log().split(separator: "\n").filter { $0.contains("level=error") }.suffix(3))"
            )
        }
    }

    /// PodSandboxConfig: metadata, log_directory, and the host's network, because a test must not touch the host's own.
    private func sandboxConfig(_ name: String) -> [UInt8] {
        ProtobufWriter.message { config in
            config.field(1) { metadata in
                metadata.field(1, name)
                metadata.field(2, "uid-\(name)")
                metadata.field(3, "kube-system")
            }
            config.field(3, logs.appending(name).string)
            config.field(8) { linux in
                linux.field(2) { security in
                    security.field(1) { namespaces in namespaces.field(1, 2) }
                }
            }
        }
    }

    /// RunPodSandbox; returns the sandbox's id.
    func runSandbox(_ name: String, handler: String = "nexcage") throws -> String {
        try call("RunPodSandbox") { request in
            request.field(1, sandboxConfig(name))
            request.field(2, handler)
        }.text(1)
    }

    /// CreateContainer; returns the container's id.
    func createContainer(_ name: String, in sandbox: String, of pod: String, _ command: String...) throws -> String {
        try call("CreateContainer") { request in
            request.field(1, sandbox)
            request.field(2) { config in
                config.field(1) { metadata in metadata.field(1, name) }
                config.field(2) { image in image.field(1, Containerd.image) }
                for word in command { config.field(3, word) }
                config.field(11, "\(name).log")
                config.field(15) { linux in
                    linux.field(1) { resources in resources.field(4, 64 << 20) }
                    linux.field(2) { security in
                        security.field(3) { namespaces in namespaces.field(1, 2) }
                    }
                }
            }
            request.field(3, sandboxConfig(pod))
        }.text(1)
    }

    func startContainer(_ id: String) throws { _ = try call("StartContainer") { $0.field(1, id) } }

    /// ExecSync; returns standard output and the exit code.
    func exec(_ id: String, _ command: String...) throws -> (output: String, exitCode: UInt64) {
        let answer = try call("ExecSync") { request in
            request.field(1, id)
            for word in command { request.field(2, word) }
            request.field(3, 30)
        }
        return (answer.text(1), answer.number(3))
    }

    /// ContainerStatus: state (1 is running, 2 exited) and exit code.
    func status(_ id: String) throws -> (state: UInt64, exitCode: UInt64) {
        guard let status = try call("ContainerStatus", { $0.field(1, id) }).messages(1).first else {
            throw NexcageError(.failed, "no status of container \(id)")
        }
        return (status.number(3), status.number(7))
    }

    /// ContainerStats: the working set of memory in bytes.
    func memory(_ id: String) throws -> UInt64 {
        let stats = try call("ContainerStats") { $0.field(1, id) }.messages(1).first
        return try stats?.messages(3).first?.messages(2).first?.number(1) ?? 0
    }

    func stopContainer(_ id: String) throws {
        _ = try call("StopContainer") { request in
            request.field(1, id)
            request.field(2, 1)
        }
    }

    func removeContainer(_ id: String) throws { _ = try call("RemoveContainer") { $0.field(1, id) } }
    func stopSandbox(_ id: String) throws { _ = try call("StopPodSandbox") { $0.field(1, id) } }
    func removeSandbox(_ id: String) throws { _ = try call("RemovePodSandbox") { $0.field(1, id) } }
}
