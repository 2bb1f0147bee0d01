import NexcageSystem
import SystemPackage
import Testing

/// The arrows of docs/architecture.md, held against every import of every source file.
@Suite struct PackageStructureTests {
    private static let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
        .removingLastComponent()

    /// What the files of a target may import; an arrow that is not here is a decision for an ADR.
    private static let allowed: [String: Set<String>] = [
        "OCISpec": [],
        "NexcageSystem": ["CNexcageSystem", "Glibc", "Logging", "SystemPackage"],
        "NexcageStorage": ["NexcageSystem", "Glibc", "SystemPackage"],
        "NexcageImages": [
            "NexcageStorage", "NexcageSystem", "OCISpec", "CGcrypt", "CNexcageCodec", "CZstd", "Glibc", "SystemPackage",
        ],
        "NexcageRuntime": ["CLibcrun", "NexcageSystem", "OCISpec", "Glibc", "SystemPackage"],
        "NexcageEngine": [
            "NexcageImages", "NexcageRuntime", "NexcageStorage", "NexcageSystem", "OCISpec", "Glibc", "Logging",
            "SystemPackage",
        ],
        "NexcageCommandLine": [
            "NexcageEngine", "NexcageRuntime", "NexcageSystem", "OCISpec", "Glibc", "Logging", "SystemPackage",
        ],
        "nexcage": ["NexcageCommandLine", "NexcageSystem", "Glibc"],
        "nexcage-manager": [
            "NexcageCommandLine", "NexcageEngine", "NexcageRuntime", "NexcageSystem", "OCISpec", "ArgumentParser",
            "Glibc", "SystemPackage",
        ],
        "nexcage-conformance": [
            "CNexcageSystem", "NexcageSystem", "OCISpec", "Glibc", "Synchronization", "SystemPackage",
        ],
        "NexcageTesting": [
            "CNexcageSystem", "NexcageEngine", "NexcageImages", "NexcageRuntime", "NexcageSystem", "OCISpec", "Glibc",
            "SystemPackage", "Testing",
        ],
    ]

    /// Where a target's files are.
    private static func folder(of target: String) -> FilePath {
        // A program for tests stands among them.
        root.appending(target == "nexcage-conformance" ? "Tests/Conformance" : "Sources/\(target)")
    }

    /// The Swift files below a directory, by path.
    private static func sources(_ folder: FilePath) throws -> [FilePath] {
        try HostDirectory.entries(folder).flatMap { name -> [FilePath] in
            let path = folder.appending(name)
            if HostDirectory.isDirectory(path) { return try sources(path) }
            return path.extension == "swift" ? [path] : []
        }
    }

    /// The modules that a file imports.
    private static func imports(_ file: FilePath) throws -> [String] {
        String(decoding: try HostFile.read(file), as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"), index <= 2, words[..<index].allSatisfy({ isModifier($0) })
            else { return nil }
            return words.dropFirst(index + 1).first.map(String.init)
        }
    }

    private static func isModifier(_ word: Substring) -> Bool {
        word.hasPrefix("@") || ["public", "package", "internal", "fileprivate", "private"].contains(word)
    }

    @Test(arguments: allowed.keys.sorted())
    func aTargetImportsOnlyWhatTheArrowsAllow(target: String) throws {
        let files = try Self.sources(Self.folder(of: target))
        #expect(!files.isEmpty)
        for file in files {
            for module in try Self.imports(file) {
                #expect(Self.allowed[target]?.contains(module) == true, "\(file) imports \(module)")
            }
        }
    }

    @Test func everySwiftTargetIsInTheTable() throws {
        for name in try HostDirectory.entries(Self.root.appending("Sources")) {
            let files = try Self.sources(Self.root.appending("Sources").appending(name))
            #expect(files.isEmpty || Self.allowed[name.string] != nil, "\(name)")
        }
    }

    @Test func theArrowsHaveNoCycle() {
        var left = Self.allowed
        while let leaf = left.first(where: { entry in entry.value.allSatisfy { left[$0] == nil } }) {
            left[leaf.key] = nil
        }
        #expect(left.keys.sorted() == [])
    }

    @Test func noSourceFileIsLongerThanTheHouseRuleAllows() throws {
        for file in try Self.sources(Self.root.appending("Sources"))
            + Self.sources(Self.folder(of: "nexcage-conformance"))
        {
            let count = try HostFile.read(file).count { $0 == UInt8(ascii: "\n") }
            #expect(count <= 400, "\(file) has \(count) lines")
        }
    }
}
