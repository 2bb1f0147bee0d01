import NexcageSystem
import SystemPackage
import Testing

@testable import NexcageEngine

@Suite("What users type for limits and volumes")
struct ArgumentParsingTests {
    @Test(
        "sizes mean powers of 1024 and stay exact",
        arguments: [
            ("0", 0), ("1048576", 1_048_576), ("7b", 7), ("512m", 512 << 20), ("1G", 1 << 30), ("1.5g", 3 << 29),
            ("2KiB", 2048), ("3tb", 3 << 40), ("9007199254740993", 9_007_199_254_740_993),
        ] as [(String, Int64)])
    func size(text: String, bytes: Int64) throws {
        #expect(try ByteSize(parsing: text).bytes == bytes)
    }

    @Test(
        "what is no size is refused",
        arguments: ["", "m", "-1", "1x", "1.2.3g", ".5g", "5.", "9999999999t", "8388608.5t", "1 g", "0x10", "١"])
    func noSize(text: String) {
        #expect(throws: NexcageError.self) { try ByteSize(parsing: text) }
    }

    @Test(
        "CPUs become microseconds of each period",
        arguments: [("0.5", 50_000), ("2", 200_000), ("0.01", 1000), ("1.125", 112_500)] as [(String, Int64)])
    func cpus(text: String, quota: Int64) throws {
        #expect(try CPUCount(parsing: text).quota == quota)
    }

    @Test(
        "what is no number of CPUs is refused",
        arguments: ["", "0", "0.001", "-1", "1.", ".5", "1.2345", "1e3", "9000", "two", "1.2.3"])
    func noCPUs(text: String) {
        #expect(throws: NexcageError.self) { try CPUCount(parsing: text) }
    }

    @Test("a volume is a private recursive bind mount that can be written, unless it says otherwise")
    func volume() throws {
        let plain = try VolumeArgument(parsing: "/srv/data:/data/./x", currentDirectory: "/home")
        #expect(plain.source == "/srv/data")
        #expect(plain.destination == "/data/x")
        #expect(plain.options == ["rbind", "rprivate", "rw"])
        let relative = try VolumeArgument(parsing: "../b:/d:ro,bind,rslave,nosuid,z", currentDirectory: "/home")
        #expect(relative.source == "/home/../b")
        #expect(relative.options == ["bind", "rslave", "ro", "nosuid"])
    }

    @Test(
        "a volume that cannot be meant is refused",
        arguments: [
            "", "/a", "/a:", ":/a", "/a:b", "/a:/b:ro,rw", "/a:/b:frobnicate", "/a:/b:ro:rw", "/a:/", "/a:/../etc",
            "/a:/proc", "/a:/proc/sys", "/a:/x/./../proc", "/a:/b\nlxc.hook=x",
        ])
    func noVolume(text: String) {
        #expect(throws: NexcageError.self) { try VolumeArgument(parsing: text, currentDirectory: "/") }
    }

    @Test("a named volume is unsupported, and the message says what to write")
    func namedVolume() {
        let error = #expect(throws: NexcageError.self) {
            try VolumeArgument(parsing: "data:/data", currentDirectory: "/")
        }
        #expect(error?.code == .unsupported)
        #expect(error?.description.contains("/srv/data") == true)
    }

    @Test("capabilities are added to and taken from the usual ones as docker does it")
    func capabilities() throws {
        #expect(CapabilityPolicy.usual.names.count == 14)
        let changed = try CapabilityPolicy(adding: ["net_admin"], dropping: ["CAP_MKNOD"])
        #expect(changed.names.contains("CAP_NET_ADMIN") && !changed.names.contains("CAP_MKNOD"))
        #expect(try CapabilityPolicy(adding: ["KILL"], dropping: ["ALL"]).names == ["CAP_KILL"])
        let most = try CapabilityPolicy(adding: ["ALL"], dropping: ["CHOWN"])
        #expect(most.names.contains("CAP_SYS_ADMIN") && !most.names.contains("CAP_CHOWN"))
        #expect(throws: NexcageError.self) { try CapabilityPolicy(adding: ["CAP_FLY"]) }
    }

    @Test("an environment variable needs a name and no NUL byte", arguments: ["A", "=x", "", "A\n=x", "A=\0"])
    func noVariable(text: String) {
        #expect(throws: NexcageError.self) { try EnvironmentVariable(parsing: text) }
    }
}
