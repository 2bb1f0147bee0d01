public import NexcageRuntime
public import NexcageSystem

/// The backends of this build and configuration, by name.
public struct BackendRegistry: Sendable {
    private let programs: [BackendName: String]
    private let runner: any CommandRunner

    init(_ context: Context) {
        programs = context.configuration.runtimePrograms
        runner = context.runner
    }

    /// Backends of later versions: known words, so that nobody takes them for typing errors.
    private static let planned = ["lxc", "proxmox-lxc", "proxmox-vm"]

    /// The backend of a name.
    ///
    /// - Throws: `unsupported` for a backend that this version has not, `invalid` for a name that nobody knows.
    public func backend(_ name: BackendName) throws(NexcageError) -> any RuntimeBackend {
        if let program = programs[name] { return OCIRuntimeBackend(name: name, program: program, runner: runner) }
        if name == .crun {
            if LibcrunBackend.isBuiltIn { return LibcrunBackend() }
            return OCIRuntimeBackend(name: .crun, program: "crun", runner: runner)
        }
        if name == .runc { return OCIRuntimeBackend(name: .runc, program: "runc", runner: runner) }
        guard Self.planned.contains(name.description) else { throw unknown(name) }
        throw NexcageError(.unsupported, "runtime \"\(name)\" is not part of this version of nexcage")
    }

    private func unknown(_ name: BackendName) -> NexcageError {
        let words = names.map(\.description)
        let hint = NearestWord.find(name.description, in: words).map { "; did you mean \"\($0)\"?" } ?? ""
        return NexcageError(
            .invalid, "unknown runtime \"\(name)\"\(hint) (known: \(words.joined(separator: ", ")))")
    }

    /// The names of all backends, sorted.
    public var names: [BackendName] {
        Set([.crun, .runc] + programs.keys).sorted()
    }

    /// The chosen backend if it can work here, else the first fallback of the configuration that can.
    ///
    /// - Throws: `unavailable` with what to install.
    func available(
        _ name: BackendName, fallback: [BackendName], context: Context
    ) throws(NexcageError) -> any RuntimeBackend {
        let chosen = try backend(name)
        guard case .missing(let reason) = chosen.availability() else { return chosen }
        for other in fallback where other != name {
            let backend = try backend(other)
            guard case .ready = backend.availability() else { continue }
            context.logger.warning("runtime \"\(name)\" is missing (\(reason)); using its fallback \"\(other)\"")
            return backend
        }
        throw NexcageError(.unavailable, "runtime \"\(name)\": \(reason)")
    }
}
