internal import NexcageSystem
internal import SystemPackage

/// Where the files of an uncompressed tar archive lie in it. Nothing is ever extracted.
///
/// The archive is not trusted (CVE-2026-20613): names that are absolute or hold `..`, two files of one name, devices and
/// hard links are refused, and symbolic links lead from name to name inside the index, if they are wanted at all.
struct ArchiveIndex: Sendable {
    private enum Entry: Sendable {
        case file(offset: Int64, length: Int64)
        case link(to: String)
    }

    /// Whether the format has symbolic links.
    enum Links: Sendable {
        case refused
        case resolved
    }

    /// More files than any image has layers, and few enough to keep in memory.
    private static let maximumEntries = 100_000
    /// How many links may lead to one file.
    private static let maximumLinks = 8

    let path: FilePath
    private var entries: [String: Entry] = [:]

    /// Reads the headers of the archive.
    ///
    /// - Throws: `notFound` if there is no such file; `unsupported` if it is compressed; `integrity` for anything that the
    ///   kind of archive must not have.
    init(_ path: FilePath, links: Links) throws(NexcageError) {
        self.path = path
        do throws(NexcageError) {
            try readEntries(BlobHandle(whole: HostFile.open(path), name: path.string), links)
        } catch {
            throw error.wrapped("archive \(quoted(path.string))")
        }
    }

    private mutating func readEntries(_ file: consuming BlobHandle, _ links: Links) throws(NexcageError) {
        let compression = BlobFormat(try file.read(first: BlobFormat.prefixLength))
        guard compression == .plain else {
            throw NexcageError(
                .unsupported, "it is compressed as a whole; unpack it first with gunzip, unzstd or the like")
        }
        let end = file.length
        let place = HeaderSource.Place()
        var limits = LayerLimits()
        limits.entries = Self.maximumEntries
        var reader = TarReader(HeaderSource(file, place), limits: limits)
        while let entry = try reader.next() {
            let name = try Self.name(entry.path)
            guard entry.size <= end - place.offset else {
                throw NexcageError(.integrity, "\(quoted(name)) is longer than the archive")
            }
            switch entry.kind {
            case .directory: continue
            case .file: try add(name, .file(offset: place.offset, length: entry.size))
            case .symbolicLink where links == .resolved:
                try add(name, .link(to: String(decoding: entry.linkTarget, as: UTF8.self)))
            default: throw NexcageError(.integrity, "\(quoted(name)) is a link or a device, which has no place here")
            }
            place.toSkip = (entry.size + 511) / 512 * 512
        }
    }

    private mutating func add(_ name: String, _ entry: Entry) throws(NexcageError) {
        guard entries.updateValue(entry, forKey: name) == nil else {
            throw NexcageError(.integrity, "it holds \(quoted(name)) twice")
        }
    }

    /// Opens a file of the archive.
    ///
    /// - Throws: `notFound`; `integrity` if links lead out of the archive or in a circle.
    func open(_ name: String) throws(NexcageError) -> BlobHandle {
        var current = try Self.name(Array(name.utf8))
        for _ in 0...Self.maximumLinks {
            switch entries[current] {
            case .file(let offset, let length):
                return BlobHandle(
                    try HostFile.open(path), offset: offset, length: length, name: "\(path.string): \(name)")
            case .link(let target): current = try Self.resolve(target, from: current)
            case nil: throw NexcageError(.notFound, "\(quoted(name)) is not in the archive \(quoted(path.string))")
            }
        }
        throw NexcageError(.integrity, "\(quoted(name)) is a circle of links")
    }

    /// The whole of a small file of the archive.
    func read(_ name: String, limit: Int) throws(NexcageError) -> [UInt8] {
        let file = try open(name)
        return try file.read(limit: limit)
    }

    /// A name of the archive without `.` and empty components.
    private static func name(_ bytes: [UInt8]) throws(NexcageError) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        let components = text.split(separator: "/").filter { $0 != "." }
        guard !text.hasPrefix("/"), !components.contains("..") else {
            throw NexcageError(.integrity, "the name \(quoted(text)) leads out of the archive")
        }
        return components.joined(separator: "/")
    }

    /// The name that a link stands for, worked out from the names alone.
    private static func resolve(_ target: String, from link: String) throws(NexcageError) -> String {
        var components = link.split(separator: "/").dropLast()
        for component in target.split(separator: "/") where component != "." {
            if component != ".." {
                components.append(component)
            } else if components.popLast() == nil {
                throw NexcageError(.integrity, "the link \(quoted(link)) leads out of the archive")
            }
        }
        guard !target.hasPrefix("/") else {
            throw NexcageError(.integrity, "the link \(quoted(link)) leads out of the archive")
        }
        return components.joined(separator: "/")
    }
}
