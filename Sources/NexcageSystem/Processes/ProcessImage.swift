internal import CNexcageSystem

/// The program that this process is an image of.
public enum ProcessImage {
    /// Makes sure that a container which gets hold of this process cannot write to the program on the disk
    /// (CVE-2019-5736). May re-execute the program, so that nothing which happened before may matter.
    ///
    /// - Throws: `unavailable` where the kernel cannot clone a mount (before 5.12) and the program's own is writable.
    public static func seal() throws(NexcageError) {
        guard nxc_seal_process() == 0 else {
            let error = NexcageError.system("seal the program against its containers", nil, .current)
            throw NexcageError(.unavailable, error.message)
        }
    }
}
