internal import Glibc

extension Environment {
    /// How many descriptors from 3 on systemd's socket activation hands to this process (sd_listen_fds(3)): 0 unless
    /// LISTEN_PID names it.
    public static var listenDescriptors: Int32 {
        guard let count = value(of: "LISTEN_FDS").flatMap({ Int32($0) }), (1...1024).contains(count),
            value(of: "LISTEN_PID").flatMap({ Int32($0) }) == getpid()
        else { return 0 }
        return count
    }
}
