import NexcageSystem
import NexcageTesting
import SystemPackage
import Testing

extension Engines {
    /// buildah, which calls the runtime itself, without conmon.
    @Suite struct BuildahTests {
        /// Calls buildah in podman's place.
        private func buildah(_ podman: Podman, _ words: [String], _ more: String...) throws -> Program.Outcome {
            var program = Program(path: try Podman.require("buildah"))
            let folder = podman.scratch.path
            program.environment.append("CONTAINERS_CONF=\(folder.appending("containers.conf"))")
            let flags = [
                "--root", "\(folder.appending("storage"))", "--runroot", "\(folder.appending("run"))",
                "--storage-driver",
                "overlay",
            ]
            return try program.run(flags + words + more, in: folder, timeout: .seconds(120))
        }

        @Test(arguments: TestBackend.allCases)
        func runExecutesInTheWorkingContainer(_ backend: TestBackend) throws {
            let podman = try Podman(backend)
            let container = try buildah(podman, ["from", "--pull-never", Podman.image]).word
            let runtime = "\(podman.scratch.path.appending("nexcage"))"
            let words = ["run", "--isolation", "oci", "--runtime", runtime, "--network", "none", container]
            let outcome = try buildah(podman, words, "/bin/sh", "-c", "echo built > /made; echo done; exit 4")
            #expect(outcome.output == "done\n")
            #expect(outcome.exitCode == 4)
            #expect(try buildah(podman, words, "/bin/cat", "/made").output == "built\n")
            #expect(try podman.scratch.must("list", "--quiet").output == "")
            #expect(try buildah(podman, ["rm", container]).exitCode == 0)
        }

        @Test func anImageIsBuilt() throws {
            let podman = try Podman()
            try podman.scratch.write("FROM \(Podman.image)\nRUN echo built > /made\n", to: "Containerfile")
            let outcome = try buildah(
                podman,
                [
                    "build", "--isolation", "oci", "--runtime", "\(podman.scratch.path.appending("nexcage"))",
                    "--network", "none", "--pull-never", "--tag", "localhost/built", "\(podman.scratch.path)",
                ])
            #expect(outcome.exitCode == 0, "\(outcome.error)")
            #expect(try podman.must("run", "--rm", "localhost/built", "/bin/cat", "/made") == "built")
        }
    }
}
