import NexcageSystem
import Testing

@testable import NexcageRuntime

@Suite struct BundleTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
    }

    /// The error of reading the bundle.
    private func failure() -> NexcageError? {
        do throws(NexcageError) {
            _ = try Bundle(at: folder.path)
            return nil
        } catch {
            return error
        }
    }

    @Test func aValidBundleKnowsItsRoot() throws {
        try folder.makeBundle()
        let bundle = try Bundle(at: folder.path)
        #expect(bundle.root == folder.path.appending("rootfs"))
        #expect(bundle.configuration == folder.path.appending("config.json"))
        #expect(bundle.spec.process?.args == ["sh"])
    }

    @Test func aMissingDirectoryIsNamed() {
        #expect(throws: NexcageError(.notFound, #"bundle "/nowhere/at/all" is not a directory"#)) {
            try Bundle(at: "/nowhere/at/all")
        }
    }

    @Test func aMissingDocumentNamesTheNextStep() {
        #expect(failure()?.code == .notFound)
        #expect(failure()?.description.hasSuffix("has no config.json; make one with nexcage spec") == true)
    }

    @Test func brokenJSONIsToldWithItsLine() throws {
        try folder.write("{\n  \"ociVersion\": \"1.0.2\",\n  \"process\": {,\n}", to: "config.json")
        #expect(failure()?.code == .invalid)
        #expect(failure()?.description.contains("line 3") == true)
        #expect(failure()?.description.contains("process") == true)
    }

    @Test func aWrongTypeIsToldWithItsKey() throws {
        try folder.write("{\n  \"ociVersion\": \"1.0.2\",\n  \"hostname\": 7\n}", to: "config.json")
        #expect(failure()?.description.contains("line 3") == true)
        #expect(failure()?.description.contains("hostname") == true)
    }

    @Test func aDocumentWithoutRootIsRefused() throws {
        try folder.write(#"{"ociVersion": "1.0.2"}"#, to: "config.json")
        #expect(failure()?.code == .invalid)
        #expect(failure()?.description.contains("root") == true)
    }

    @Test func aMissingRootIsNamed() throws {
        try folder.makeBundle()
        try HostDirectory.removeTree(folder.path.appending("rootfs"))
        #expect(failure()?.code == .notFound)
        #expect(failure()?.description == "root file system \(quoted("\(folder.path)/rootfs")) is not a directory")
    }

    @Test func aRootMayStandElsewhere() throws {
        try folder.write(
            #"{"ociVersion":"1.0.2","root":{"path":"/tmp"},"process":{"cwd":"/","args":["sh"],"user":{"uid":0,"gid":0}}}"#,
            to: "config.json")
        #expect(try Bundle(at: folder.path).root == "/tmp")
    }
}
