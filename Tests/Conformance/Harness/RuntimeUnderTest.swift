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

    /// Reads `[NAME=]PROGRAM [FLAG…]`; without a name it is the program's own.
    init(_ text: String) throws {
        let words = text.split(separator: " ").map(String.init)
        guard var program = words.first else { throw NexcageError(.usage, "no runtime is given") }
        var name: String?
        if let mark = program.firstIndex(of: "="), !program[..<mark].contains("/") {
            name = String(program[..<mark])
            program = String(program[program.index(after: mark)...])
        }
        self.program = try HostDirectory.absolute(Command.locate(program))
        self.name = name ?? self.program.lastComponent?.string ?? program
        flags = Array(words.dropFirst())
    }

    /// What the program says it is, in one line.
    func version() -> String {
        let command = Command(program, flags + ["--version"])
        // A runtime that cannot even say its version fails every case, which tells more than an error here would.
        guard let output = try? LiveCommandRunner().run(command).output else { return "unknown" }
        return String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}
