import NexcageSystem
import SystemPackage

/// The failures of a runtime that are known, with the reason for each.
struct KnownFailures {
    private let reasons: [String: String]

    /// A runtime that has to pass everything.
    static let none = KnownFailures(reasons: [:])

    private init(reasons: [String: String]) { self.reasons = reasons }

    /// Reads a list: one `CASE: reason` a line, `#` begins a comment.
    ///
    /// - Throws: `invalid` for a line without a reason or with a case that does not exist.
    init(_ file: FilePath) throws {
        var reasons: [String: String] = [:]
        for line in String(decoding: try HostFile.read(file), as: UTF8.self).split(separator: "\n") {
            if line.hasPrefix("#") { continue }
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, ConformanceCase.all.contains(where: { $0.id == parts[0] }) else {
                throw NexcageError(.invalid, "\(file): \(quoted(String(line))) is not a case with a reason")
            }
            reasons[String(parts[0])] = String(parts[1].drop { $0 == " " })
        }
        self.reasons = reasons
    }

    /// The list for a runtime: of the file, or of `NAME.txt` in the folder.
    init(_ path: FilePath?, for runtime: RuntimeUnderTest) throws {
        guard let path else {
            self = .none
            return
        }
        guard HostDirectory.isDirectory(path) else {
            try self.init(path)
            return
        }
        let file = path.appending("\(runtime.name).txt")
        self = HostFile.exists(file) ? try KnownFailures(file) : .none
    }

    /// Why a case is known to fail; nil if it must pass.
    func reason(_ item: ConformanceCase) -> String? { reasons[item.id] }
}
