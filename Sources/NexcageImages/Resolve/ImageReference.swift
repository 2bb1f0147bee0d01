public import NexcageSystem
public import SystemPackage

/// Where an image is, as users type it: `KIND:PLACE[:NAME]`.
public enum ImageReference: Sendable, Hashable {
    /// `oci:DIR[:TAG]`, an OCI image-layout directory.
    case layout(FilePath, tag: String?)
    /// `oci-archive:FILE[:TAG]`, the same in a tar file.
    case layoutArchive(FilePath, tag: String?)
    /// `docker-archive:FILE[:NAME:TAG]`, what `docker save` writes.
    case dockerArchive(FilePath, name: String?)
    /// `rootfs:DIR`, an unpacked root file system that has no configuration.
    case rootfs(FilePath)
}

extension ImageReference {
    /// The forms that ``init(parsing:)`` takes, for messages and help texts.
    public static let forms = "oci:DIR[:TAG], oci-archive:FILE[:TAG], docker-archive:FILE[:NAME:TAG] or rootfs:DIR"

    /// Parses what a user typed.
    ///
    /// After `oci:` and `oci-archive:` the last colon starts the tag, unless a slash follows it: a directory may have a
    /// colon in its name. After `docker-archive:` the first colon starts the name, which has colons and slashes itself.
    ///
    /// - Throws: `usage` for anything else, with the forms there are.
    public init(parsing text: String) throws(NexcageError) {
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw NexcageError(.usage, "image \(quoted(text)): control characters are not allowed")
        }
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { throw Self.unknownForm(text) }
        let rest = text[text.index(after: colon)...]
        switch text[..<colon] {
        case "oci":
            let (place, tag) = try Self.splitAtLastColon(rest, of: text)
            self = .layout(place, tag: tag)
        case "oci-archive":
            let (place, tag) = try Self.splitAtLastColon(rest, of: text)
            self = .layoutArchive(place, tag: tag)
        case "docker-archive":
            let (place, name) = try Self.splitAtFirstColon(rest, of: text)
            self = .dockerArchive(place, name: name)
        case "rootfs":
            self = .rootfs(try Self.place(rest, of: text))
        default:
            throw Self.unknownForm(text)
        }
    }

    private static func splitAtLastColon(
        _ rest: Substring, of text: String
    ) throws(NexcageError) -> (FilePath, String?) {
        guard let colon = rest.utf8.lastIndex(of: UInt8(ascii: ":")),
            !rest[colon...].utf8.contains(UInt8(ascii: "/"))
        else { return (try place(rest, of: text), nil) }
        return (try place(rest[..<colon], of: text), try name(rest[rest.index(after: colon)...], of: text))
    }

    private static func splitAtFirstColon(
        _ rest: Substring, of text: String
    ) throws(NexcageError) -> (FilePath, String?) {
        guard let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")) else { return (try place(rest, of: text), nil) }
        return (try place(rest[..<colon], of: text), try name(rest[rest.index(after: colon)...], of: text))
    }

    private static func place(_ text: Substring, of whole: String) throws(NexcageError) -> FilePath {
        guard !text.isEmpty else {
            throw NexcageError(.usage, "image \(quoted(whole)): the path is empty; write \(forms)")
        }
        return FilePath(String(text))
    }

    private static func name(_ text: Substring, of whole: String) throws(NexcageError) -> String {
        guard !text.isEmpty else {
            throw NexcageError(.usage, "image \(quoted(whole)): the name behind the last colon is empty")
        }
        return String(text)
    }

    private static func unknownForm(_ text: String) -> NexcageError {
        NexcageError(
            .usage, "image \(quoted(text)): registries are not supported yet by this version; write \(forms)")
    }
}

extension ImageReference: CustomStringConvertible {
    /// The reference as ``init(parsing:)`` takes it.
    public var description: String {
        switch self {
        case .layout(let path, let tag): "oci:\(path)" + (tag.map { ":\($0)" } ?? "")
        case .layoutArchive(let path, let tag): "oci-archive:\(path)" + (tag.map { ":\($0)" } ?? "")
        case .dockerArchive(let path, let name): "docker-archive:\(path)" + (name.map { ":\($0)" } ?? "")
        case .rootfs(let path): "rootfs:\(path)"
        }
    }
}
