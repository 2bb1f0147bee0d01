internal import CNexcageSystem
internal import Glibc

/// Makes this process the parent of what its children leave behind, so that it can wait for a container's first process
/// (prctl(2), PR_SET_CHILD_SUBREAPER).
public enum ChildReaper {
    /// From now on orphaned descendants become our children.
    public static func begin() throws(NexcageError) {
        guard nxc_set_child_subreaper(true) == 0 else {
            throw NexcageError.system("become a subreaper", nil, .current)
        }
    }

    /// Reaps every child that has ended.
    ///
    /// - Returns: the exit code of `pid` (128 + n after signal n) if it was among them.
    public static func reap(lookingFor pid: Int32) throws(NexcageError) -> Int32? {
        var found: Int32?
        while true {
            var status: Int32 = 0
            let ended = waitpid(-1, &status, WNOHANG)
            if ended == pid { found = nxc_exit_code(status) }
            if ended > 0 { continue }
            if ended < 0, errno == EINTR { continue }
            guard ended == 0 || errno == ECHILD else { throw NexcageError.system("wait for a child", nil, .current) }
            return found
        }
    }
}
