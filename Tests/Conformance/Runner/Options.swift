import NexcageSystem
import SystemPackage

/// The words of the command line.
struct Options {
    /// How results are printed.
    enum Format: String {
        case tap
        case markdown
    }

    /// What is judged; for the table of several runtimes more than one.
    var runtimes: [RuntimeUnderTest] = []
    /// A list of known failures, or a folder with one `NAME.txt` for each runtime.
    var known: FilePath?
    /// Cases to run: those whose id, section or title contains it.
    var pattern: String?
    /// How many cases run at once.
    var jobs = 3
    var format = Format.tap
    /// Whether cases are only listed.
    var lists = false

    static let usage = """
        usage: nexcage-conformance [--runtime '[NAME=]PROGRAM [FLAG...]']... [--known FILE|FOLDER]
                                   [--only PATTERN] [--jobs N] [--format tap|markdown] [--list]

        Judges an OCI runtime by the text of the runtime specification, through runc's command line.
        Without --runtime the variables RUNTIME and RUNTIME_FLAGS name it. --known lists failures that are known, one
        `CASE: reason` a line, and FOLDER one such NAME.txt for each runtime. Exit code: 0 when nothing failed but what
        is known, 1 otherwise or when a known failure passes, 2 for a wrong call.
        """

    /// Reads the words behind the program's name.
    init(_ words: [String]) throws {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--list" {
                lists = true
                continue
            }
            guard let value = rest.popFirst() else { throw NexcageError(.usage, "\(quoted(word)) needs a value") }
            switch word {
            case "--runtime": runtimes.append(try RuntimeUnderTest(value))
            case "--known": known = try HostDirectory.absolute(FilePath(value))
            case "--only": pattern = value
            case "--jobs":
                guard let count = Int(value), count > 0 else {
                    throw NexcageError(.usage, "\(quoted(value)) is not a number of jobs")
                }
                jobs = count
            case "--format":
                guard let format = Format(rawValue: value) else {
                    throw NexcageError(.usage, "unknown format \(quoted(value)), expected tap or markdown")
                }
                self.format = format
            default: throw NexcageError(.usage, "unknown flag \(quoted(word))")
            }
        }
        if runtimes.isEmpty, !lists { runtimes = [try Self.runtimeOfEnvironment()] }
        guard format == .markdown || runtimes.count < 2 else {
            throw NexcageError(.usage, "TAP is for one runtime, use --format markdown for several")
        }
    }

    private static func runtimeOfEnvironment() throws -> RuntimeUnderTest {
        guard let program = Environment.value(of: "RUNTIME") else {
            throw NexcageError(.usage, "no runtime is given, use --runtime PROGRAM")
        }
        return try RuntimeUnderTest("\(program) \(Environment.value(of: "RUNTIME_FLAGS") ?? "")")
    }

    /// The cases to run, in order.
    var cases: [ConformanceCase] {
        guard let pattern else { return ConformanceCase.all }
        return ConformanceCase.all.filter { item in
            [item.id, item.section, item.title].contains { $0.contains(pattern) }
        }
    }
}
