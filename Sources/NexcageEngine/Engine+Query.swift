public import NexcageRuntime
public import NexcageSystem
public import OCISpec
internal import SystemPackage

/// One container as `list` shows it.
public struct ContainerSummary: Sendable, Equatable {
    /// The OCI state.
    public var state: ContainerState
    /// The backend's word; empty for a folder that a crash left without a record.
    public var backend: String
    /// The name that people know it by.
    public var name: String
    /// The image reference, for containers made from images.
    public var image: String?
    /// How its first process ended, 128 + n after signal n; nil where that is not known, or not yet.
    public var exitCode: Int32?
}

extension Engine {
    /// The OCI state of a container (runtime.md, "State").
    public func state(_ id: ContainerID) throws(NexcageError) -> ContainerState {
        try state(of: store.read(id))
    }

    private func state(of record: ContainerRecord) throws(NexcageError) -> ContainerState {
        let status = try status(of: record)
        // The spec wants the state of a process that is there; runc says 0 for one that is not.
        var state = ContainerState(
            ociVersion: record.ociVersion, id: "\(record.id)", status: status,
            pid: status == .stopped ? 0 : record.process?.pid ?? 0, bundle: record.bundle.string,
            annotations: record.annotations)
        state.rootfs = record.root.string
        state.created = record.created.description
        state.owner = ""
        return state
    }

    /// All containers of the state root, by id.
    public func list() throws(NexcageError) -> [ContainerSummary] {
        var summaries: [ContainerSummary] = []
        for id in try store.ids() {
            do throws(NexcageError) {
                let record = try store.read(id)
                summaries.append(
                    ContainerSummary(
                        state: try state(of: record), backend: "\(record.backend)", name: record.name,
                        image: record.image?.reference, exitCode: try exitCode(of: record)))
            } catch let error where error.code == .notFound {
                guard HostDirectory.isDirectory(store.folder(of: id)) else { continue }
                let state = ContainerState(id: "\(id)", status: .creating, pid: 0, bundle: "")
                summaries.append(ContainerSummary(state: state, backend: "", name: "\(id)", image: nil))
            }
        }
        return summaries
    }

    /// The pids of a container, in the host's pid namespace.
    public func processes(_ id: ContainerID) throws(NexcageError) -> [Int32] {
        let record = try store.read(id)
        guard try status(of: record) != .stopped else { throw NexcageError(.wrongState, "container not running") }
        return try ability((any ListingBackend).self, of: record, verb: "list processes").processes(container(record))
    }

    /// What a container uses now.
    public func statistics(_ id: ContainerID) throws(NexcageError) -> ContainerStatistics {
        let record = try store.read(id)
        return try ability((any MeasurableBackend).self, of: record, verb: "measure").statistics(container(record))
    }

    /// Where a container of a name would go, and why.
    public func route(
        _ name: String, annotations: [String: String] = [:], runtime: RuntimeChoice? = nil
    ) throws(NexcageError) -> RouteDecision {
        try Router(context.configuration).route(
            explicit: runtime, annotations: annotations,
            names: Router.names(explicit: name, annotations: annotations, id: name))
    }
}
