internal import NexcageSystem
internal import OCISpec
internal import SystemPackage

/// What libcrun is told instead of a bundle's config.json, where it would not take that.
///
/// libcrun up to 1.8 refuses every version of the specification but 1.0. A document of a later one is handed to it as 1.0.2:
/// the later ones only add members, and ``LibcrunAttributes`` sees to those that libcrun does not know.
struct LibcrunDocument {
    /// The document, or nil if libcrun can read the file as it is.
    let bytes: [UInt8]?

    init(_ bundle: Bundle) throws(NexcageError) {
        var spec = bundle.spec
        if Self.rewrite(&spec, bundle.path) {
            spec.ociVersion = Self.version
            bytes = spec.encoded()
        } else if spec.ociVersion.utf8.starts(with: "1.0".utf8) {
            bytes = nil
        } else {
            bytes = try Self.replacingVersion(bundle)
        }
    }

    private static let version = "1.0.2"

    /// Changes what libcrun 1.8 would do wrong; returns whether there is any of it.
    private static func rewrite(_ spec: inout RuntimeSpec, _ bundle: FilePath) -> Bool {
        var isChanged = false
        if LibcrunAttributes.hasNewTimeNamespace(spec) {
            // libcrun's init dies of making one on newer kernels; the child that calls libcrun makes it.
            spec.linux?.namespaces.removeAll { $0.kind == .time }
            spec.linux?.timeOffsets = [:]
            isChanged = true
        }
        for index in spec.mounts.indices {
            guard let source = spec.mounts[index].source, !spec.mounts[index].uidMappings.isEmpty,
                !source.utf8.starts(with: "/".utf8)
            else { continue }
            // It opens the source of an id-mapped mount where it happens to stand.
            spec.mounts[index].source = bundle.pushing(FilePath(source)).string
            isChanged = true
        }
        return isChanged
    }

    /// The document with another version; an edit in place, because writing it anew costs a tenth of a create.
    private static func replacingVersion(_ bundle: Bundle) throws(NexcageError) -> [UInt8] {
        let document = bundle.document
        let range: Range<Int>
        do throws(JSONError) {
            range = try JSONReader.decode(document) { (reader) throws(JSONError) in
                var place = 0..<0
                try reader.beginObject()
                while let key = try reader.nextKey() {
                    let start = reader.offset
                    try reader.skip()
                    if case "ociVersion" = key { place = start..<reader.offset }
                }
                return place
            }
        } catch {
            throw NexcageError(.invalid, "\(quoted(bundle.configuration.string)): \(error)")
        }
        return document[..<range.lowerBound] + Array("\"\(version)\"".utf8) + document[range.upperBound...]
    }
}
