import NexcageRuntime
import NexcageSystem
import SystemPackage
import Testing

@testable import NexcageEngine

/// Where the configuration comes from: file, then environment.
@Suite struct ConfigurationLoadingTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
    }

    private func file(_ text: String) throws -> FilePath {
        let path = folder.path.appending("config.json")
        try HostFile.replace(path, with: Array(text.utf8), durability: .boot)
        return path
    }

    @Test func theFileIsOverTheDefaults() throws {
        let path = try file(#"{"storage": {"driver": "directory"}}"#)
        let configuration = try Configuration.load(from: path) { _ in nil }
        #expect(configuration.storageDriver == "directory")
        #expect(configuration.stateRoot == "/run/nexcage")
    }

    @Test func theEnvironmentIsOverTheFile() throws {
        let path = try file(#"{"storage": {"driver": "directory"}, "proxmox": {"timeout": 5}}"#)
        let variables = [
            "NEXCAGE_STORAGE_DRIVER": "overlay", "NEXCAGE_RUNTIME_ROOT_PATH": "/run/y", "NEXCAGE_PROXMOX_TIMEOUT": "9",
        ]
        var configuration = try Configuration.load(from: path) { _ in nil }
        try configuration.apply(environment: { variables[$0] })
        #expect(configuration.storageDriver == "overlay")
        #expect(configuration.stateRoot == "/run/y")
        #expect(configuration.proxmoxTimeout == 9)
    }

    @Test func aWrongVariableIsNamed() {
        var configuration = Configuration()
        let error = #expect(throws: NexcageError.self) {
            try configuration.apply(environment: { $0 == "NEXCAGE_PROXMOX_TIMEOUT" ? "soon" : nil })
        }
        #expect(
            error?.description
                == "environment variable NEXCAGE_PROXMOX_TIMEOUT: expected a number of seconds above 0")
    }

    @Test func aWrongFileIsNamed() throws {
        let path = try file(#"{"x": 1}"#)
        let error = #expect(throws: NexcageError.self) { try Configuration.load(from: path) { _ in nil } }
        #expect(error?.code == .invalid)
        #expect(error?.description.hasPrefix("configuration \(quoted(path.string)): unknown key \"x\"") == true)
    }

    @Test func aFileThatWasNamedHasToExist() {
        let missing = folder.path.appending("missing.json")
        let error = #expect(throws: NexcageError.self) { try Configuration.load(from: missing) { _ in nil } }
        #expect(error?.code == .notFound)
        #expect(error?.description.contains(missing.string) == true)
    }

    @Test func everyPlainKeyHasAVariable() {
        let names = ConfigurationKey.all.compactMap(\.environmentName)
        #expect(names.contains("NEXCAGE_RUNTIME_LOG_LEVEL"))
        #expect(names.contains("NEXCAGE_CONTAINER_CONFIG_DEFAULT_CONTAINER_TYPE"))
        #expect(Set(names).count == names.count)
    }

    @Test func everyKeyIsDocumented() {
        for key in ConfigurationKey.all {
            #expect(!key.help.isEmpty)
            #expect(key.help.hasSuffix("."))
        }
        #expect(Set(ConfigurationKey.all.map(\.path)).count == ConfigurationKey.all.count)
    }
}
