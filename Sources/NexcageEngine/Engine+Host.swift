internal import Glibc
public import NexcageRuntime
internal import NexcageStorage
public import NexcageSystem
internal import SystemPackage

/// What one backend is on this host.
public struct BackendReport: Sendable, Equatable {
    /// Its word.
    public let name: String
    /// Whether it can work, and by what or why not.
    public let availability: BackendAvailability
    /// What it can do.
    public let verbs: [String]
}

/// One thing that `health` looked at.
public struct HealthFinding: Sendable, Equatable {
    /// How it is.
    public enum Verdict: String, Sendable {
        case pass
        case warn
        case fail
    }

    /// What was looked at.
    public let check: String
    /// How it is.
    public let verdict: Verdict
    /// What was found, and for a failure the next step.
    public let detail: String
}

extension Engine {
    /// The backends of this host.
    public func backendReports() throws(NexcageError) -> [BackendReport] {
        try backends.names.map { (name) throws(NexcageError) in
            let backend = try backends.backend(name)
            return BackendReport(name: "\(name)", availability: backend.availability(), verbs: backend.verbs)
        }
    }

    /// The word of the storage driver that new containers get.
    public func storageDriver() throws(NexcageError) -> String {
        try imageStore.driverInUse()
    }

    /// Looks at everything that a container needs: roots that can be written to, backends, storage, control groups.
    public func health() throws(NexcageError) -> [HealthFinding] {
        var findings = [
            writable("state root", context.configuration.stateRoot),
            writable("data root", context.configuration.dataRoot),
            HealthFinding(
                check: "control groups", verdict: .pass, detail: "layout is \(CgroupLayout.current.rawValue)"),
            privileges(),
        ]
        for report in try backendReports() {
            let isNeeded = report.name == BackendName.crun.description
            switch report.availability {
            case .ready(let detail):
                findings.append(HealthFinding(check: "backend \(report.name)", verdict: .pass, detail: detail))
            case .missing(let reason):
                findings.append(
                    HealthFinding(check: "backend \(report.name)", verdict: isNeeded ? .fail : .warn, detail: reason))
            }
        }
        findings.append(imageStore.health())
        findings.append(try leftovers())
        return findings
    }

    private func privileges() -> HealthFinding {
        guard geteuid() == 0 else {
            return HealthFinding(check: "privileges", verdict: .fail, detail: "not root; run nexcage as root")
        }
        return HealthFinding(check: "privileges", verdict: .pass, detail: "root")
    }

    private func writable(_ check: String, _ path: FilePath) -> HealthFinding {
        do throws(NexcageError) {
            try HostDirectory.create(path, mode: 0o711)
            let probe = path.appending(".probe.\(ProcessIdentity.ownPid)")
            try HostFile.replace(probe, with: [], durability: .boot)
            try HostFile.remove(probe)
            return HealthFinding(check: check, verdict: .pass, detail: "\(path) can be written to")
        } catch {
            return HealthFinding(check: check, verdict: .fail, detail: error.description)
        }
    }

    /// Containers whose creation a crash cut short.
    private func leftovers() throws(NexcageError) -> HealthFinding {
        let broken = try list().filter { $0.state.status == .creating }.map(\.state.id)
        guard let first = broken.first else {
            return HealthFinding(check: "containers", verdict: .pass, detail: "none is left half-made")
        }
        return HealthFinding(
            check: "containers", verdict: .warn,
            detail: "\(broken.count) in creation or left half-made; clear with nexcage delete --force \(first)")
    }
}

extension ImageStore {
    /// Whether a storage driver works.
    func health() -> HealthFinding {
        do throws(NexcageError) {
            return HealthFinding(check: "storage", verdict: .pass, detail: "driver \(try driverInUse()) works")
        } catch {
            return HealthFinding(check: "storage", verdict: .fail, detail: error.description)
        }
    }
}
