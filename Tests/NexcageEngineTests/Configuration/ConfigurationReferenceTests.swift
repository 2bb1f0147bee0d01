import NexcageSystem
import SystemPackage
import Testing

@testable import NexcageEngine

/// The pages that are made from the table of keys; `make docs` writes them.
@Suite struct ConfigurationReferenceTests {
    private static let docs = FilePath(#filePath)
        .removingLastComponent().removingLastComponent().removingLastComponent()
        .removingLastComponent().appending("docs")

    @Test func thePageSaysWhatTheTableSays() throws {
        let page = try HostFile.read(Self.docs.appending("configuration.md"))
        #expect(String(decoding: page, as: UTF8.self) == ConfigurationKey.markdown())
    }

    @Test func theSchemaSaysWhatTheTableSays() throws {
        let schema = try HostFile.read(Self.docs.appending("configuration.schema.json"))
        #expect(schema == ConfigurationKey.schema())
    }
}
