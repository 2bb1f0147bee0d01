import Testing

@testable import OCISpec

@Suite struct MediaTypeTests {
    @Test(arguments: [
        (MediaType.index, MediaType.Kind.index), (.dockerManifestList, .index), (.manifest, .manifest),
        (.dockerManifest, .manifest), (.config, .config), (.dockerConfig, .config), (.layerTar, .layer(.none)),
        (.layerTarGzip, .layer(.gzip)), (.layerTarZstd, .layer(.zstd)), (.dockerLayerGzip, .layer(.gzip)),
        (.empty, .other),
        (
            MediaType(rawValue: "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"),
            .nondistributableLayer(.gzip)
        ),
    ])
    func `both vocabularies are understood`(type: MediaType, kind: MediaType.Kind) {
        #expect(type.kind == kind)
    }

    @Test func `a Content-Type loses its parameters`() {
        #expect(
            MediaType(contentType: "Application/vnd.oci.image.index.v1+JSON ; charset=utf-8") == .index)
    }
}
