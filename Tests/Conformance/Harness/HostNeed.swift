import NexcageSystem
import SystemPackage

/// Something that not every host has.
enum HostNeed: Sendable {
    /// A controller of cgroup v1 in a hierarchy of its own, or of cgroup v2.
    case controller(String)
    /// A file that groups of a v1 controller have.
    case controlFile(String, String)
    /// A cgroup v2 hierarchy with no v1 beside it.
    case unifiedHierarchy
    /// A kind of namespace, by its name in `/proc/PID/ns`.
    case namespace(String)
    /// A file or directory.
    case path(String)
    /// A file or directory that must not be there.
    case absence(String)
    /// A capability of this process, by its number.
    case capability(Int, String)
    /// More than one processor.
    case secondProcessor

    /// Why the host cannot serve; nil if it can.
    var missing: String? {
        switch self {
        case .controller(let name):
            Cgroups.hasController(name) ? nil : "the host has no cgroup controller \(name)"
        case .controlFile(let controller, let file):
            Cgroups.hasFile(controller, file) ? nil : "the host's controller \(controller) has no \(file)"
        case .unifiedHierarchy: Cgroups.isUnified ? nil : "the host has no pure cgroup v2"
        case .namespace(let kind):
            HostFile.exists(FilePath("/proc/self/ns/\(kind)")) ? nil : "the kernel has no namespaces of kind \(kind)"
        case .path(let path):
            HostFile.exists(FilePath(path)) ? nil : "the host has no \(path)"
        case .absence(let path): HostFile.exists(FilePath(path)) ? "the host has \(path)" : nil
        case .capability(let number, let name): Self.hasCapability(number) ? nil : "this process has no \(name)"
        case .secondProcessor:
            HostFile.exists("/sys/devices/system/cpu/cpu1") ? nil : "the host has one processor only"
        }
    }

    /// CAP_SYS_RESOURCE, without which no limit can be raised.
    static let resourceCapability = HostNeed.capability(24, "CAP_SYS_RESOURCE")

    private static func hasCapability(_ number: Int) -> Bool {
        guard let status = procText("/proc/self/status"), let line = status.field("CapEff"),
            let mask = UInt64(line, radix: 16)
        else { return false }
        return mask & (1 << UInt64(number)) != 0
    }
}

/// What is in a file of procfs or sysfs, without the newline at its end; nil if it cannot be read.
func procText(_ path: FilePath) -> String? {
    // The caller decides what an absent file means, and says so.
    guard let bytes = try? HostFile.readStream(path, limit: 4 << 20) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
}

/// The same for a path that is put together.
func procText(_ path: String) -> String? { procText(FilePath(path)) }

extension String {
    /// The lines.
    var lines: [Substring] { split(separator: "\n", omittingEmptySubsequences: false) }

    /// What stands behind `name:` at the beginning of a line.
    func field(_ name: String) -> String? {
        guard let line = lines.first(where: { $0.hasPrefix("\(name):") }) else { return nil }
        return line.dropFirst(name.count + 1).split(whereSeparator: \.isWhitespace).joinedBySpaces
    }
}

extension [Substring] {
    fileprivate var joinedBySpaces: String { joined(separator: " ") }
}
