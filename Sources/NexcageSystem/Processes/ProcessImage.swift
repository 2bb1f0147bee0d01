internal import CNexcageSystem
public import SystemPackage

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
    public static func handOver() throws(NexcageError) -> Never {
        let other = try companion("nexcage-manager")
        _ = other.withPlatformString { nxc_program_replace($0) }
        throw .system("execute", other, .current)
    }

    /// The path of this program, also when it is sealed.
    public static func path() throws(NexcageError) -> FilePath {
        guard let path = nxc_program_path() else { throw .system("find", "/proc/self/exe", .current) }
        return FilePath(platformString: path)
    }

    /// A program that was built with this one: beside it, or in `../libexec/nexcage` where `make install` puts it.
    ///
    /// - Throws: `unavailable` if it is not there.
    public static func companion(_ name: String) throws(NexcageError) -> FilePath {
        let folder = try path().removingLastComponent()
        let places = [folder, folder.removingLastComponent().appending("libexec/nexcage")]
        for place in places where HostFile.exists(place.appending(name)) { return place.appending(name) }
        throw NexcageError(
            .unavailable, "\(name) is neither in \(places[0]) nor in \(places[1]); install it with nexcage")
    }
}
