public import NexcageSystem

/// A backend whose containers can be measured.
public protocol MeasurableBackend: RuntimeBackend {
    /// What the container uses now.
    func statistics(_ container: BackendContainer) throws(NexcageError) -> ContainerStatistics
}

extension MeasurableBackend {
    /// Reads the control groups of the first process: right for every backend whose containers are processes of this host.
    public func statistics(_ container: BackendContainer) throws(NexcageError) -> ContainerStatistics {
        guard let process = container.process, process.isAlive else {
            throw NexcageError(.wrongState, "container not running")
        }
        return try CgroupMembership(of: process).statistics()
    }
}
