import NexcageTesting
import OCISpec
import SystemPackage
import Testing

@Suite struct ListTests {
    @Test(arguments: TestBackend.allCases)
    func theTableHasRuncsColumnsInFront(_ backend: TestBackend) throws {
        let scratch = try Scratch(backend)
        let bundle = try TestBundle(in: scratch)
        try scratch.must("create", "--bundle", bundle.path.string, scratch.id())
        let lines = try scratch.must("list").output.split(separator: "\n")
        let rows = lines.map { $0.split(separator: " ").map(String.init) }
        #expect(rows.count == 2)
        #expect(rows.first == ["ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER", "BACKEND", "IMAGE"])
        let state = try scratch.state(scratch.id())
        #expect(rows.last?.prefix(4) == [scratch.id(), "\(state.pid ?? 0)", "created", bundle.path.string])
        #expect(rows.last?.contains(backend.rawValue) == true)
    }

    @Test func allBackendsStandInOneList() throws {
        let scratch = try Scratch(.runc)
        let bundle = try TestBundle(in: scratch)
        for backend in TestBackend.allCases {
            try scratch.must(
                "create", "--runtime", backend.rawValue, "--bundle", bundle.path.string, scratch.id(backend.rawValue))
        }
        let ids = TestBackend.allCases.map { scratch.id($0.rawValue) }
        #expect(try scratch.must("list", "--quiet").output == ids.map { "\($0)\n" }.joined())
        #expect(try scratch.must("list", "-q").output == ids.map { "\($0)\n" }.joined())
        let document = try scratch.must("list", "--format", "json").document()
        #expect(document.array?.map { $0["id"]?.string } == ids)
        #expect(document.array?.map { $0["backend"]?.string } == TestBackend.allCases.map(\.rawValue))
        for entry in document.array ?? [] {
            #expect(entry["status"]?.string == "created")
            #expect(entry["bundle"]?.string == bundle.path.string)
            #expect(entry["rootfs"]?.string == bundle.root.string)
            #expect(entry["pid"]?.integer ?? 0 > 0)
            #expect(entry["created"]?.string?.hasSuffix("Z") == true)
        }
    }

    @Test func anEmptyListIsAHeaderOrAnEmptyArray() throws {
        let scratch = try Scratch()
        #expect(try scratch.must("list").output == "ID   PID   STATUS   BUNDLE   CREATED   OWNER   BACKEND   IMAGE\n")
        #expect(try scratch.must("list", "-f", "json").output == "[]\n")
        #expect(try scratch.must("list", "-q").output == "")
    }

    @Test func theRecordedBackendCountsAndNotTheFlag() throws {
        let scratch = try Scratch(.runc)
        let bundle = try TestBundle(in: scratch)
        try scratch.must("create", "--runtime", "crun", "--bundle", bundle.path.string, scratch.id())
        // The flags in front still say runc.
        try expectSilence(scratch.must("start", scratch.id()))
        try expectSilence(scratch.must("delete", "--force", scratch.id()))
        #expect(try Leftovers.find(scratch.id(), in: scratch) == [])
    }
}
