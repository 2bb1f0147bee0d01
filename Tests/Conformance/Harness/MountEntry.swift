import Glibc
import SystemPackage

/// One line of `/proc/PID/mountinfo` (proc(5)).
struct MountEntry {
    /// Where it is mounted, seen from the process's root.
    let point: String
    /// Options of the mount.
    let options: [Substring]
    /// `shared:N`, `master:N`, `unbindable`; empty for a private mount.
    let propagation: [Substring]
    /// Type of the file system.
    let type: String
    /// Options of the file system.
    let superOptions: [Substring]

    /// Reads a line; nil if it is none.
    init?(_ line: Substring) {
        let fields = line.split(separator: " ")
        guard fields.count > 8, let dash = fields[6...].firstIndex(of: "-"), fields.count > dash + 3 else { return nil }
        point = String(fields[4])
        options = fields[5].split(separator: ",")
        propagation = Array(fields[6..<dash])
        type = String(fields[dash + 1])
        superOptions = fields[dash + 3].split(separator: ",")
    }

    /// Whether the mount or its file system has an option.
    func has(_ option: String) -> Bool {
        options.contains(Substring(option)) || superOptions.contains(Substring(option))
    }
}

/// What a symbolic link says; nil if it cannot be read.
func linkTarget(_ path: FilePath) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink(path.string, &buffer, buffer.count)
    guard count >= 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
