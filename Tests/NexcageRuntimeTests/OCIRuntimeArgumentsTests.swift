import NexcageSystem
import OCISpec
import SystemPackage
import Testing

@testable import NexcageRuntime

/// runc's command line, to the letter (rule 9 of the style).
@Suite struct OCIRuntimeArgumentsTests {
    private let folder: TemporaryDirectory
    private let request: CreateRequest

    init() throws {
        folder = try TemporaryDirectory()
        try folder.makeBundle()
        let container = BackendContainer(id: try ContainerID("web"), stateRoot: "/run/n", bundle: folder.path)
        request = CreateRequest(container: container, bundle: try Bundle(at: folder.path))
    }

    @Test func globalFlagsStandInFront() {
        #expect(
            OCIRuntimeArguments.global(root: "/run/n/.runc", log: "/run/n/web/runtime.log", systemdCgroup: false)
                == ["--root", "/run/n/.runc", "--log", "/run/n/web/runtime.log", "--log-format", "json"])
        #expect(
            OCIRuntimeArguments.global(root: "/r", log: "/l", systemdCgroup: true)
                == ["--root", "/r", "--log", "/l", "--log-format", "json", "--systemd-cgroup"])
    }

    @Test func aPlainCreate() {
        #expect(
            OCIRuntimeArguments.create(request, pidFile: "/p")
                == ["create", "--bundle", folder.path.string, "--pid-file", "/p", "web"])
    }

    @Test func aCreateWithEverything() {
        var request = request
        request.consoleSocket = "/c.sock"
        request.noPivot = true
        request.noNewKeyring = true
        request.preservedDescriptors = 2
        #expect(
            OCIRuntimeArguments.create(request, pidFile: "/p") == [
                "create", "--bundle", folder.path.string, "--pid-file", "/p", "--console-socket", "/c.sock",
                "--no-pivot", "--no-new-keyring", "--preserve-fds", "2", "web",
            ])
    }

    @Test func execTakesTheWholeProcessFromAFile() {
        var exec = ExecRequest(process: ProcessSpec())
        #expect(
            OCIRuntimeArguments.exec(request.container.id, exec, processFile: "/e.json")
                == ["exec", "--process", "/e.json", "web"])
        exec.detached = true
        exec.terminal = true
        exec.consoleSocket = "/c.sock"
        exec.pidFile = "/p"
        exec.preservedDescriptors = 1
        #expect(
            OCIRuntimeArguments.exec(request.container.id, exec, processFile: "/e.json") == [
                "exec", "--process", "/e.json", "--detach", "--tty", "--console-socket", "/c.sock", "--pid-file", "/p",
                "--preserve-fds", "1", "web",
            ])
    }

    @Test func checkpointAndRestoreShareTheirFlags() {
        var options = CheckpointOptions(imagePath: "/i", workPath: "/w")
        #expect(
            OCIRuntimeArguments.checkpoint(request.container.id, options)
                == ["checkpoint", "--image-path", "/i", "--work-path", "/w", "web"])
        options.tcpEstablished = true
        options.externalUnixSockets = true
        options.shellJob = true
        options.fileLocks = true
        options.manageCgroups = "soft"
        options.leaveRunning = true
        options.preDump = true
        options.parentPath = "../before"
        options.consoleSocket = "/c.sock"
        options.noSubreaper = true
        let shared = [
            "--image-path", "/i", "--work-path", "/w", "--tcp-established", "--ext-unix-sk", "--shell-job",
            "--file-locks", "--manage-cgroups-mode", "soft",
        ]
        #expect(
            OCIRuntimeArguments.checkpoint(request.container.id, options)
                == ["checkpoint"] + shared + ["--leave-running", "--pre-dump", "--parent-path", "../before", "web"])
        #expect(
            OCIRuntimeArguments.restore(request, options, pidFile: "/p")
                == ["restore"] + shared + [
                    "--bundle", folder.path.string, "--pid-file", "/p", "--detach", "--console-socket", "/c.sock",
                    "--no-subreaper", "web",
                ])
    }

    @Test func onlyListedVariablesReachARuntime() {
        let listed: Set = ["PATH", "HOME", "XDG_RUNTIME_DIR", "NOTIFY_SOCKET", "LISTEN_FDS", "LISTEN_PID"]
        for entry in OCIRuntimeArguments.environment() {
            #expect(listed.contains(String(entry.prefix { $0 != "=" })))
        }
    }
}
