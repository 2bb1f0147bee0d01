import NexcageSystem
import Testing

@testable import NexcageImages

@Suite("Image references as users type them")
struct ImageReferenceTests {
    @Test(
        "each form names a place and perhaps an image in it",
        arguments: [
            ("oci:/srv/layout", .layout("/srv/layout", tag: nil)),
            ("oci:layout:1.27", .layout("layout", tag: "1.27")),
            ("oci:/srv/a:b/layout", .layout("/srv/a:b/layout", tag: nil)),
            ("oci:/srv/a:b:1", .layout("/srv/a:b", tag: "1")),
            ("oci-archive:/a.tar", .layoutArchive("/a.tar", tag: nil)),
            ("oci-archive:/a.tar:latest", .layoutArchive("/a.tar", tag: "latest")),
            ("docker-archive:/a.tar", .dockerArchive("/a.tar", name: nil)),
            ("docker-archive:/a.tar:host:5000/n:1", .dockerArchive("/a.tar", name: "host:5000/n:1")),
            ("rootfs:/srv/root:fs", .rootfs("/srv/root:fs")),
        ] as [(String, ImageReference)])
    func forms(text: String, reference: ImageReference) throws {
        #expect(try ImageReference(parsing: text) == reference)
        #expect(reference.description == text)
    }

    @Test("anything else is an error that names the forms", arguments: ["nginx", "docker://nginx", "nginx:1", ""])
    func registries(text: String) {
        let error = #expect(throws: NexcageError.self) { try ImageReference(parsing: text) }
        #expect(error?.code == .usage)
        #expect(error?.description.contains("registries are not supported yet") == true)
        #expect(error?.description.contains("oci:DIR[:TAG]") == true)
    }

    @Test("an empty part is an error", arguments: ["oci:", "oci:x:", "oci-archive::t", "docker-archive:x:", "rootfs:"])
    func emptyParts(text: String) {
        #expect(throws: NexcageError.self) { try ImageReference(parsing: text) }
    }
}
