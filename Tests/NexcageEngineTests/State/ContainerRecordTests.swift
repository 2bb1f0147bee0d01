import NexcageRuntime
import NexcageSystem
import OCISpec
import Testing

@testable import NexcageEngine

@Suite struct ContainerRecordTests {
    private func full() throws -> ContainerRecord {
        var record = ContainerRecord(
            id: try ContainerID("web"), backend: .runc, bundle: "/srv/a b\"c",
            creator: ProcessIdentity(pid: 7, startTime: 8),
            created: Timestamp(seconds: 1_700_000_000, nanoseconds: 5))
        record.name = "cilium-x7k2p"
        record.status = .running
        record.process = ProcessIdentity(pid: 42, startTime: .max)
        record.root = "/srv/a b\"c/rootfs"
        record.systemdCgroup = true
        record.ociVersion = "1.0.2"
        record.annotations = ["a": "1", "b\n": "\u{1F600}"]
        var image = ImageOrigin(reference: "oci:/srv/x:latest")
        image.manifestDigest = "sha256:00"
        image.snapshotDriver = "overlay"
        image.snapshotKey = "container web"
        image.stateRoot = "/run/n"
        image.removesItself = true
        record.image = image
        return record
    }

    @Test func whatWasWrittenIsRead() throws {
        let record = try full()
        #expect(try ContainerRecord(decoding: record.encoded(), name: "state.json") == record)
    }

    @Test func aNewRecordIsWrittenAndRead() throws {
        let record = ContainerRecord(
            id: try ContainerID("web"), backend: .crun, bundle: "/b", creator: ProcessIdentity(pid: 1, startTime: 2),
            created: .now)
        #expect(record.status == .creating)
        #expect(record.name == "web")
        #expect(try ContainerRecord(decoding: record.encoded(), name: "state.json") == record)
    }

    /// The error of reading the full record after a change of its text.
    private func failure(_ change: (String) -> String) throws -> NexcageError? {
        let text = change(String(decoding: try full().encoded(), as: UTF8.self))
        do throws(NexcageError) {
            _ = try ContainerRecord(decoding: Array(text.utf8), name: "/run/n/web/state.json")
            return nil
        } catch {
            return error
        }
    }

    @Test func aNewerSchemaIsRefused() throws {
        let error = try failure { $0.replacingOnce(#""schemaVersion":1"#, with: #""schemaVersion":2"#) }
        #expect(error == NexcageError(.invalid, #"read "/run/n/web/state.json": schema version 2 is not 1"#))
    }

    @Test func aRecordThatWasCutNamesItsFile() throws {
        let error = try failure { String($0.dropLast(20)) }
        #expect(error?.code == .invalid)
        #expect(error?.description.hasPrefix(#"read "/run/n/web/state.json": "#) == true)
    }

    @Test func anUnknownStatusIsRefused() throws {
        #expect(try failure { $0.replacingOnce(#""running""#, with: #""flying""#) }?.code == .invalid)
    }

    @Test func anIdThatCouldLeaveTheRootIsRefused() throws {
        #expect(try failure { $0.replacingOnce(#""id":"web""#, with: #""id":"../web""#) }?.code == .invalid)
    }

    @Test func unknownMembersOfTheSameSchemaArePassedOver() throws {
        #expect(try failure { $0.replacingOnce("{", with: #"{"later":[1,{"x":null}],"#) } == nil)
    }
}

extension String {
    /// The text with the first occurrence of a part replaced; a part that is not there makes the test meaningless.
    fileprivate func replacingOnce(_ part: String, with new: String) -> String {
        guard let range = firstRange(of: part) else { preconditionFailure("\(part) is not in \(self)") }
        return replacingCharacters(in: range, with: new)
    }

    private func firstRange(of part: String) -> Range<Index>? {
        indices.lazy.compactMap { start in
            self[start...].hasPrefix(part) ? start..<index(start, offsetBy: part.count) : nil
        }.first
    }

    private func replacingCharacters(in range: Range<Index>, with new: String) -> String {
        self[..<range.lowerBound] + new + self[range.upperBound...]
    }
}
