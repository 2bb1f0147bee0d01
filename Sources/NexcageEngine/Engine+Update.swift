public import NexcageRuntime
public import NexcageSystem
public import OCISpec

extension Engine {
    /// Changes the limits of a container that has not stopped, and reads them back from its control groups.
    ///
    /// - Parameter limits: members that are absent stay as they are.
    /// - Throws: `failed`, naming limit, wanted and found value, when the kernel has another value afterwards.
    public func update(_ id: ContainerID, _ limits: LinuxResources) throws(NexcageError) {
        let lease = try store.lease(id)
        guard try status(of: lease.record) != .stopped else { throw NexcageError(.wrongState, "container not running") }
        try context.prepareSystemd(for: lease.record)
        try ability((any UpdatableBackend).self, of: lease.record, verb: "update")
            .update(container(lease.record), limits)
        if let process = lease.record.process {
            do throws(NexcageError) {
                try CgroupMembership(of: process).verify(limits)
            } catch {
                throw error.wrapped("update container \"\(id)\"")
            }
        }
        lease.release()
    }
}
