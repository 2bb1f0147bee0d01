internal import NexcageSystem
internal import OCISpec

/// The files of an OCI image layout and what they say, whether they lie in a directory or in an archive.
enum ImageLayoutFile {
    /// Marks a directory as a layout.
    static let marker = "oci-layout"
    /// The largest marker that is read; it has some thirty bytes.
    static let markerLimit = 4096
    /// Lists the images of the layout.
    static let index = "index.json"

    /// The file that has this content.
    static func blob(_ digest: Digest) -> String {
        "blobs/\(digest.algorithm.rawValue)/\(digest.encoded)"
    }

    /// - Throws: `invalid` unless the marker is that of the version that is known.
    static func checkMarker(_ bytes: [UInt8]) throws(NexcageError) {
        _ = try OCILayout.parse(bytes, marker)
    }

    /// The image that a tag stands for; the only one without a tag.
    ///
    /// A tag also stands for a full name that ends in it: podman writes `docker.io/library/nginx:1.27` where others write
    /// `1.27`. The exact name goes first.
    static func resolve(_ tag: String?, index bytes: [UInt8]) throws(NexcageError) -> Descriptor {
        let entries = try ImageIndex.parse(bytes, index).manifests
        let matching: [Descriptor]
        if let tag {
            let exact = entries.filter { $0.tag == tag }
            matching = exact.isEmpty ? entries.filter { $0.tag?.hasSuffix(":\(tag)") == true } : exact
        } else {
            matching = entries
        }
        // One image may have several tags; what the name stands for is clear all the same.
        guard let first = matching.first, matching.allSatisfy({ $0.digest == first.digest }) else {
            throw ambiguous(tag, matching: matching.count, tags: entries.compactMap(\.tag))
        }
        return first
    }

    private static func ambiguous(_ tag: String?, matching count: Int, tags: [String]) -> NexcageError {
        let list =
            tags.isEmpty ? "no image in it has a tag" : "the tags are \(tags.map(quoted).joined(separator: ", "))"
        guard let tag else {
            return count == 0
                ? NexcageError(.notFound, "the layout holds no image")
                : NexcageError(.usage, "the layout holds \(count) images; name one by its tag: \(list)")
        }
        return count == 0
            ? NexcageError(.notFound, "no image has the tag \(quoted(tag)); \(list)")
            : NexcageError(.invalid, "\(count) images have the tag \(quoted(tag))")
    }
}

extension Descriptor {
    /// The name that the image has in its layout.
    fileprivate var tag: String? { annotations["org.opencontainers.image.ref.name"] }
}
