internal import Glibc
public import NexcageRuntime
public import NexcageSystem
internal import OCISpec
internal import SystemPackage

extension Engine {
    /// Removes a container with everything that was made for it.
    ///
    /// - Parameter force: kill it if it runs, clear what a crash left, and accept an id that nobody has.
    /// - Throws: `wrongState` for a container that runs, without `force`.
    public func delete(_ id: ContainerID, force: Bool = false) throws(NexcageError) {
        do throws(NexcageError) {
            guard force else { return try deleteStopped(id) }
            try passingOver(.notFound) { () throws(NexcageError) in try deleteForced(id) }
        } catch let error where error.code == .notFound {
            throw error
        } catch {
            throw error.wrapped("delete container \"\(id)\"")
        }
    }

    private func deleteStopped(_ id: ContainerID) throws(NexcageError) {
        let lease = try store.lease(id)
        let status = try status(of: lease.record)
        switch status {
        case .stopped, .created: break
        case .creating, .running, .paused:
            throw NexcageError(
                .wrongState, "cannot delete container \(id) that is not stopped: \(status.rawValue)")
        }
        // The backend treats a created container, whose process waits for a start that will not come, as one to be killed;
        // and of one from before the last boot it knows nothing any more.
        try clear(lease.record, force: status == .created || lease.record.process == nil)
        try lease.remove()
    }

    private func deleteForced(_ id: ContainerID) throws(NexcageError) {
        let lock = try lockForRemoval(id)
        do throws(NexcageError) {
            let record = try store.read(id)
            try killFirst(record)
            try clear(record, force: true)
            let lease = ContainerLease(lock: lock, folder: store.folder(of: id), record: record)
            try lease.remove()
        } catch let error where error.code == .notFound {
            // The creator died before it could write what it was about to make: there is only the folder.
            try HostDirectory.removeTree(store.folder(of: id))
        }
    }

    /// The lock of a container whose creator may have been killed while a backend worked for it.
    ///
    /// Whoever still builds the container has inherited the lock file (see ``FileLock``) and would go on behind our back.
    private func lockForRemoval(_ id: ContainerID) throws(NexcageError) -> FileLock {
        let path = ContainerStore.lockFile(store.folder(of: id))
        // A record that cannot be read has no creator to ask for; the lock itself will tell.
        if let record = try? store.read(id), record.status == .creating, !record.creator.isAlive {
            for pid in try FileLock.holders(of: path) {
                context.logger.info("killing process \(pid), left over from the creation of container \"\(id)\"")
                Glibc.kill(pid, SIGKILL)
            }
        }
        return try store.lock(id, timeout: .seconds(30))
    }

    /// Kills a container's first process and sees it gone, so that its cgroups can be removed.
    private func killFirst(_ record: ContainerRecord) throws(NexcageError) {
        guard let process = record.process, process.isAlive else { return }
        let status = try status(of: record)
        if status == .paused, let backend = try backend(of: record) as? any PausableBackend {
            try backend.resume(container(record))
        }
        try passingOver(.wrongState) { () throws(NexcageError) in
            try backend(of: record).kill(container(record), .kill, everyProcess: false)
        }
        guard process.waitUntilGone(timeout: .seconds(30)) else {
            throw NexcageError(.failed, "process \(process.pid) does not die")
        }
    }

    /// Removes what the backend and the image store made; each step bears that it was done before.
    func clear(_ record: ContainerRecord, force: Bool) throws(NexcageError) {
        try context.prepareSystemd(for: record)
        try backend(of: record).delete(container(record), force: force)
        context.reached(.deleteBackendDone)
        try clearImage(record)
    }
}
