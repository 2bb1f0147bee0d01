import Logging
import NexcageRuntime
import NexcageSystem
import SystemPackage
import Testing

@testable import NexcageEngine

@Suite struct ConfigurationTests {
    private func configuration(_ text: String) throws(NexcageError) -> Configuration {
        var configuration = Configuration()
        try configuration.apply(Array(text.utf8))
        return configuration
    }

    private func message(_ text: String) -> String? {
        do throws(NexcageError) {
            _ = try configuration(text)
            return nil
        } catch {
            return error.code == .invalid ? error.description : "wrong code \(error.code)"
        }
    }

    @Test func everyKeyOfTheNewFile() throws {
        let configuration = try configuration(
            """
            {"default_runtime": "runc", "fallback": ["crun", "youki"], "runtimes": {"youki": {"path": "/usr/bin/youki"}},
             "runtime": {"root_path": "/run/x", "data_path": "/var/x", "log_level": "debug", "log_path": "/var/log/x",
                         "log_format": "json"},
             "storage": {"driver": "directory"},
             "routing": [{"pattern": "db-*", "runtime": "runc"}]}
            """)
        #expect(configuration.defaultRuntime == .named(.runc))
        #expect(configuration.fallback.map(\.description) == ["crun", "youki"])
        #expect(try configuration.runtimePrograms[BackendName("youki")] == "/usr/bin/youki")
        #expect(configuration.stateRoot == "/run/x")
        #expect(configuration.dataRoot == "/var/x")
        #expect(configuration.logLevel == .debug)
        #expect(configuration.logPath == "/var/log/x")
        #expect(configuration.logFormat == .json)
        #expect(configuration.storageDriver == "directory")
        #expect(try configuration.routing == [RoutingRule(pattern: "db-*", runtime: .named(.runc))])
    }

    @Test func theKeysOfOldFilesAreAccepted() throws {
        let configuration = try configuration(
            """
            {"proxmox": {"pct_path": "/opt/pct", "node": "pve1", "timeout": 60},
             "runtime": {"log_level": "info", "log_path": "/l", "root_path": "/r"},
             "container_config": {"crun_name_patterns": ["kube-*"], "default_container_type": "runc",
                                  "routing": [{"pattern": "^prod-.*", "runtime": "crun"}]}}
            """)
        #expect(configuration.pctPath == "/opt/pct")
        #expect(configuration.proxmoxNode == "pve1")
        #expect(configuration.proxmoxTimeout == 60)
        #expect(configuration.logLevel == .info)
        #expect(configuration.defaultRuntime == .named(.runc))
        #expect(configuration.routing.map(\.pattern) == ["kube-*", "^prod-.*"])
    }

    @Test(arguments: [
        (#"{"runtme": {}}"#, #"unknown key "runtme"; did you mean "runtime"#),
        (#"{"runtime": {"log_levl": "info"}}"#, #"unknown key "runtime.log_levl"; did you mean "runtime.log_level"?"#),
        (#"{"storage": {"drivr": "auto"}}"#, #"unknown key "storage.drivr"; did you mean "storage.driver"?"#),
        (#"{"completely_different_thing": 1}"#, #"unknown key "completely_different_thing""#),
    ])
    func anUnknownKeyIsRefusedWithTheNearestOne(text: String, expected: String) {
        #expect(message(text)?.hasPrefix(expected) == true)
    }

    @Test(arguments: [
        (#"{"default_runtime": 7}"#, #"key "default_runtime": expected a string"#),
        (#"{"fallback": "crun"}"#, #"key "fallback": expected an array of strings"#),
        (#"{"fallback": [7]}"#, #"key "fallback": expected an array of strings"#),
        (#"{"runtime": []}"#, #"key "runtime": expected an object"#),
        (
            #"{"runtime": {"root_path": "relative"}}"#,
            #"key "runtime.root_path": expected an absolute path, found "relative""#
        ),
        (#"{"runtime": {"log_format": "xml"}}"#, #"key "runtime.log_format": expected text or json, found "xml""#),
        (
            #"{"storage": {"driver": "zfs"}}"#,
            #"key "storage.driver": expected auto, overlay or directory, found "zfs""#
        ),
        (#"{"proxmox": {"timeout": 0}}"#, #"key "proxmox.timeout": expected a number of seconds above 0"#),
        (#"{"proxmox": {"timeout": "30"}}"#, #"key "proxmox.timeout": expected a number of seconds above 0"#),
        (#"{"routing": {}}"#, #"key "routing": expected an array of rules"#),
        ("[]", "expected an object"),
    ])
    func aWrongValueNamesItsKey(text: String, expected: String) {
        #expect(message(text) == expected)
    }

    @Test func brokenJSONIsToldWithItsLine() {
        #expect(message("{\n\"storage\": {\n}}}")?.contains("line 3") == true)
    }
}
