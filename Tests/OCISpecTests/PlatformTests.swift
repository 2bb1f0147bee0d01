import Testing

@testable import OCISpec

@Suite struct PlatformTests {
    private func platform(_ text: String) -> Platform {
        let parts = text.split(separator: "/").map(String.init)
        return Platform(os: parts[0], architecture: parts[1], variant: parts.count > 2 ? parts[2] : nil)
    }

    @Test(arguments: [
        ("linux/amd64", "linux/amd64", true), ("linux/amd64/v1", "linux/amd64", true),
        ("linux/amd64/v3", "linux/amd64", false), ("linux/amd64/v2", "linux/amd64/v3", true),
        ("linux/arm64", "linux/arm64/v8", true), ("linux/arm64/v8", "linux/arm64", true),
        ("linux/arm64/v9", "linux/arm64/v8", false), ("linux/arm/v6", "linux/arm/v7", true),
        ("linux/arm/v7", "linux/arm/v6", false), ("linux/arm", "linux/arm/v7", true),
        ("windows/amd64", "linux/amd64", false), ("linux/arm", "linux/arm64/v8", false),
        ("unknown/unknown", "unknown/unknown", false), ("linux/ppc64le", "linux/ppc64le", true),
        ("linux/riscv64/x", "linux/riscv64", false), ("linux/arm/odd", "linux/arm/v7", false),
    ])
    func `an image runs on its platform and newer variants`(image: String, host: String, expected: Bool) {
        #expect(platform(image).matches(platform(host)) == expected)
    }

    @Test func `this host runs images made for it`() {
        #expect(Platform.host.matches(.host))
        #expect(Platform.host.os == "linux")
    }

    @Test func `the first entry that matches is chosen`() throws {
        func entry(_ platform: Platform?, _ size: Int64) throws -> Descriptor {
            var entry = Descriptor(mediaType: .manifest, digest: try Digest(parsing: Fixtures.digest), size: size)
            entry.platform = platform
            return entry
        }
        var attestation = try entry(nil, 1)
        attestation.annotations["vnd.docker.reference.type"] = "attestation-manifest"
        let anywhere = try entry(nil, 2)
        let unknown = try entry(platform("unknown/unknown"), 3)
        let first = try entry(platform("linux/arm/v6"), 4)
        let second = try entry(platform("linux/arm/v7"), 5)
        let index = ImageIndex(manifests: [attestation, anywhere, unknown, first, second])
        #expect(index.manifest(for: platform("linux/arm/v7")) == first)
        #expect(index.manifest(for: platform("linux/amd64")) == anywhere)
        #expect(ImageIndex(manifests: [unknown, second]).manifest(for: platform("linux/amd64")) == nil)
    }
}
