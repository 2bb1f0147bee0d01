internal import CNexcageSystem
internal import SystemPackage

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

    /// Goes on as the program that can load shared libraries (docs/adr/0004), with the same words and environment.
    /// Returns only by an error.
    ///
    /// It lies beside this program, or in `../libexec/nexcage` where `make install` puts it.
    ///
    /// - Throws: `unavailable` if it is not there.
    public static func handOver() throws(NexcageError) -> Never {
        guard let path = nxc_program_path() else { throw .system("find", "/proc/self/exe", .current) }
        let folder = FilePath(platformString: path).removingLastComponent()
        let places = [folder, folder.removingLastComponent().appending("libexec/nexcage")]
        for place in places {
            let other = place.appending("nexcage-manager")
            guard HostFile.exists(other) else { continue }
            _ = other.withPlatformString { nxc_program_replace($0) }
            throw .system("execute", other, .current)
        }
        throw NexcageError(
            .unavailable, "nexcage-manager is neither in \(places[0]) nor in \(places[1]); install it with nexcage")
    }
}
