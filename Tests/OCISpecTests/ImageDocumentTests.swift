import Testing

@testable import OCISpec

@Suite struct ImageDocumentTests {
    private func message<Value: JSONDecodable>(_ text: String, _: Value.Type) -> String? {
        do {
            _ = try Value.decode(Array(text.utf8))
            return nil
        } catch {
            return error.message
        }
    }

    @Test func `documents with every member are written as they were read`() throws {
        #expect(try Fixtures.roundTrip(Fixtures.descriptor, Descriptor.self) == Fixtures.descriptor)
        #expect(try Fixtures.roundTrip(Fixtures.index, ImageIndex.self) == Fixtures.index)
        #expect(try Fixtures.roundTrip(Fixtures.manifest, ImageManifest.self) == Fixtures.manifest)
        #expect(try Fixtures.roundTrip(Fixtures.configuration, ImageConfiguration.self) == Fixtures.configuration)
    }

    @Test func `a document with both manifests and layers is refused (CVE-2021-41190)`() {
        let text = #"{"schemaVersion":2,"manifests":[],"layers":[],"config":\#(Fixtures.descriptor)}"#
        #expect(
            message(text, ImageIndex.self)
                == "an image index must not have this member, which belongs to a manifest")
        #expect(
            message(text, ImageManifest.self)
                == "an image manifest must not have this member, which belongs to an index")
    }

    @Test func `a document that says it is of another kind is refused`() {
        let index = #"{"schemaVersion":2,"mediaType":"\#(MediaType.manifest)","manifests":[]}"#
        #expect(message(index, ImageIndex.self)?.hasSuffix("is not the media type of an image index") == true)
        let manifest = #"{"schemaVersion":2,"mediaType":"\#(MediaType.index)","layers":[]}"#
        #expect(message(manifest, ImageManifest.self)?.hasSuffix("is not the media type of an image manifest") == true)
        #expect(
            message(#"{"schemaVersion":1}"#, ImageManifest.self) == "schema version 1 is not supported, expected 2")
        #expect(message(#"{"manifests":[]}"#, ImageIndex.self) == "missing member \"schemaVersion\"")
    }

    @Test func `sizes and embedded data must make sense`() {
        func descriptor(_ rest: String) -> String { #"{"mediaType":"a","digest":"\#(Fixtures.digest)",\#(rest)}"# }
        #expect(message(descriptor(#""size":-1"#), Descriptor.self) == "-1 is negative")
        #expect(message(descriptor(#""size":9223372036854775807"#), Descriptor.self) == nil)
        #expect(message(descriptor(#""size":9223372036854775808"#), Descriptor.self) != nil)
        #expect(message(descriptor(#""size":2,"data":"YWJj""#), Descriptor.self) == "data has 3 bytes, but size says 2")
        #expect(message(descriptor(#""size":3,"data":"YWJ!""#), Descriptor.self) == "expected base64")
        #expect(message(descriptor(#""urls":[]"#), Descriptor.self) == "missing member \"size\"")
    }

    @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar", "\u{0}\u{FF}é"])
    func `base64 reads what it writes`(text: String) {
        #expect(Base64.decode(Base64.encode(Array(text.utf8))) == Array(text.utf8))
    }

    @Test func `base64 has the padding of RFC 4648`() {
        #expect(Base64.encode(Array("fooba".utf8)) == "Zm9vYmE=")
        #expect(Base64.encode(Array("foob".utf8)) == "Zm9vYg==")
        for text in ["Zg", "Zg=", "Z===", "====", "Z=g=", "Zm9v\n"] { #expect(Base64.decode(text) == nil) }
    }

    @Test func `the layout marker has one version`() throws {
        let text = #"{"imageLayoutVersion":"1.0.0"}"#
        #expect(try Fixtures.roundTrip(text, OCILayout.self) == text)
        #expect(message(#"{"imageLayoutVersion":"2.0.0"}"#, OCILayout.self) != nil)
        #expect(message("{}", OCILayout.self) != nil)
    }

    @Test func `the manifest of a docker-archive is a list`() throws {
        let text = #"[{"Config":"c.json","RepoTags":["a:1"],"Layers":["l/layer.tar"]}]"#
        #expect(try Fixtures.roundTrip(text, DockerArchiveManifest.self) == text)
        #expect(message(#"[{"RepoTags":null,"Layers":[]}]"#, DockerArchiveManifest.self) == "missing member \"Config\"")
    }

    @Test func `a root of unknown kind is refused`() {
        let text = #"{"architecture":"amd64","os":"linux","rootfs":{"type":"moon","diff_ids":[]}}"#
        #expect(message(text, ImageConfiguration.self) == "unknown type \"moon\", expected \"layers\"")
    }
}
