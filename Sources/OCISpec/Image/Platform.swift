/// What an image is made for, in Go's words (image-spec image-index.md, "platform").
public struct Platform: Hashable, Sendable, CustomStringConvertible {
    /// Operating system, such as `linux`.
    public var os: String
    /// Processor architecture, such as `amd64`.
    public var architecture: String
    /// Variant of the architecture, such as `v7`.
    public var variant: String?
    /// Version of the operating system; only Windows acts on it.
    public var osVersion: String?
    /// Features of the operating system that are needed; only Windows acts on them.
    public var osFeatures: [String] = []

    /// Makes a platform.
    public init(os: String = "linux", architecture: String, variant: String? = nil) {
        self.os = os
        self.architecture = architecture
        self.variant = variant
    }

    /// `linux/arm/v7`
    public var description: String {
        let base = "\(os)/\(architecture)"
        return variant.map { "\(base)/\($0)" } ?? base
    }

    /// The platform that this program was compiled for, without a variant that only the running host could tell.
    public static var host: Platform {
        #if arch(x86_64)
            Platform(architecture: "amd64")
        #elseif arch(arm64)
            Platform(architecture: "arm64", variant: "v8")
        #elseif arch(arm)
            Platform(architecture: "arm", variant: "v7")
        #elseif arch(riscv64)
            Platform(architecture: "riscv64")
        #elseif arch(powerpc64le)
            Platform(architecture: "ppc64le")
        #elseif arch(s390x)
            Platform(architecture: "s390x")
        #elseif arch(i386)
            Platform(architecture: "386")
        #endif
    }
}

extension Platform {
    /// Whether an image made for this platform runs on `host`.
    ///
    /// Operating system and architecture must be equal. Variants of arm, arm64 and amd64 contain the older ones: `v8`
    /// runs `v7`; a missing one stands for the oldest that is common (arm `v7`, arm64 `v8`, amd64 `v1`). Variants of
    /// other architectures must be equal when the image names one. `unknown/unknown`, an attestation, runs nowhere.
    public func matches(_ host: Platform) -> Bool {
        guard os == host.os, architecture == host.architecture, os != "unknown", architecture != "unknown" else {
            return false
        }
        guard let oldest = Self.oldestVariant[architecture] else {
            return variant == nil || variant == "" || variant == host.variant
        }
        guard let needed = Self.level(variant, oldest), let offered = Self.level(host.variant, oldest) else {
            return variant == host.variant
        }
        return needed <= offered
    }

    private static let oldestVariant = ["arm": 7, "arm64": 8, "amd64": 1]

    /// The number in `v7`; nil when the variant is of another form.
    private static func level(_ variant: String?, _ oldest: Int) -> Int? {
        guard let variant, !variant.isEmpty else { return oldest }
        return variant.utf8.first == UInt8(ascii: "v") ? Int(variant.dropFirst()) : nil
    }
}

extension Platform: JSONDecodable, JSONEncodable {
    /// Reads a platform; an error when `os` or `architecture` is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var os: String?
        var architecture: String?
        var variant: String?
        var osVersion: String?
        var osFeatures: [String] = []
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "os": os = try reader.value()
            case "architecture": architecture = try reader.value()
            case "variant": variant = try reader.value()
            case "os.version": osVersion = try reader.value()
            case "os.features": osFeatures = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            os: try reader.required(os, "os", at: start),
            architecture: try reader.required(architecture, "architecture", at: start), variant: variant)
        self.osVersion = osVersion
        self.osFeatures = osFeatures
    }

    /// Writes the platform in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("architecture", architecture)
        writer.member("os", os)
        writer.member("os.version", osVersion)
        writer.member("os.features", unlessEmpty: osFeatures)
        writer.member("variant", variant)
        writer.endObject()
    }
}
