import NexcageSystem
import SystemPackage

/// The program that is judged, with the flags that stand before every verb.
struct RuntimeUnderTest: Sendable {
    /// How reports and lists of known failures call it.
    let name: String
    /// The program, by absolute path.
    let program: FilePath
    /// Flags of the caller's, such as `--runtime runc`.
    let flags: [String]

    /// Reads `[NAME=]PROGRAM [FLAG…]`.
    ///
    /// Without a name it is the program's own, with that of a backend behind it: `nexcage-runc`.
    init(_ text: String) throws {
        let words = text.split(separator: " ").map(String.init)
        guard var program = words.first else { throw NexcageError(.usage, "no runtime is given") }
        var name: String?
        if let mark = program.firstIndex(of: "="), !program[..<mark].contains("/") {
            name = String(program[..<mark])
            program = String(program[program.index(after: mark)...])
        }
        let path = try HostDirectory.absolute(Command.locate(program))
        let flags = Array(words.dropFirst())
        let backend = flags.firstIndex(of: "--runtime").map { flags.index(after: $0) }
            .flatMap { flags.indices.contains($0) ? "-\(flags[$0])" : nil }
        self.program = path
        self.flags = flags
        self.name = name ?? "\(path.lastComponent?.string ?? program)\(backend ?? "")"
    }

    /// What the program says it is, in one line.
    func version() -> String {
        let command = Command(program, flags + ["--version"])
        // A runtime that cannot even say its version fails every case, which tells more than an error here would.
        guard let output = try? LiveCommandRunner().run(command).output else { return "unknown" }
        return String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}
