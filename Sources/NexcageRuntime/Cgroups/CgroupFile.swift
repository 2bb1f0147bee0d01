internal import Glibc
internal import NexcageSystem
internal import SystemPackage

/// A file of a control group. Which files a kernel has depends on its controllers, so one that cannot be read is nil:
/// the statistic is then left out, never zero.
struct CgroupFile {
    private let path: FilePath

    init(_ path: FilePath) {
        self.path = path
    }

    func text() -> String? {
        guard let bytes = try? HostFile.read(path, limit: 256 << 10) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Gives the kernel a new value.
    func write(_ text: String) throws(NexcageError) {
        let raw = path.withPlatformString { open($0, O_WRONLY | O_CLOEXEC) }
        let file = try OwnedDescriptor(checking: raw, "open", path.string)
        try file.descriptor.writeAll(Array(text.utf8), name: path.string)
    }

    /// A file of one number; `max` is the largest one, as v1 shows "no limit".
    func number() -> UInt64? {
        guard let word = text()?.split(whereSeparator: \.isWhitespace).first else { return nil }
        if word == "max" { return .max }
        // -1 is how some v1 files say "no limit".
        return word == "-1" ? .max : UInt64(word)
    }

    /// A file of one number a column.
    func numbers() -> [UInt64]? {
        text()?.split(whereSeparator: \.isWhitespace).compactMap { UInt64($0) }
    }

    /// A file of `name number` lines.
    func table() -> [String: UInt64]? {
        guard let text = text() else { return nil }
        var table: [String: UInt64] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            if fields.count == 2, let number = UInt64(fields[1]) { table[String(fields[0])] = number }
        }
        return table
    }
}
