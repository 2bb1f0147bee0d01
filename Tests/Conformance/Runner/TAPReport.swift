/// Prints results as TAP 14 and remembers whether all is as expected.
struct TAPReport {
    private let known: KnownFailures
    private var number = 0
    private var passed = 0
    private var refused = 0
    private var failed = 0
    private var skipped = 0
    private var surprises: [String] = []
    private var failures: [String] = []

    /// Prints the head for a number of cases.
    init(_ runtime: RuntimeUnderTest, _ count: Int, _ known: KnownFailures) throws {
        self.known = known
        try say("TAP version 14")
        try say("# \(runtime.name): \(runtime.version())")
        try say("1..\(count)")
    }

    /// Prints one result. A known failure is a TODO test, which TAP counts as success.
    mutating func add(_ item: ConformanceCase, _ result: CaseResult) throws {
        number += 1
        let title = "\(number) - \(Self.escaped("\(item.id): \(item.title) (\(item.section))"))"
        let todo = known.reason(item).map { " # TODO \($0)" } ?? ""
        switch result {
        case .passed:
            passed += 1
            try say("ok \(title)\(todo)")
            if !todo.isEmpty { surprises.append(item.id) }
        case .refused(let reason):
            refused += 1
            try say("ok \(title) # SKIP refused, as it may be: \(reason)")
        case .skipped(let reason):
            skipped += 1
            try say("ok \(title) # SKIP \(reason)")
        case .failed(let message):
            failed += 1
            try say("not ok \(title)\(todo)")
            if todo.isEmpty { failures.append(item.id) }
            try say("  ---\n  section: \(item.section)\n  message: |")
            for line in message.lines { try say("    \(line)") }
            try say("  ...")
        }
    }

    /// Prints the sum.
    ///
    /// - Returns: whether nothing failed but what is known, and everything known failed.
    func end() throws -> Bool {
        try say("# passed \(passed), refused \(refused), skipped \(skipped), failed \(failed) of \(number)")
        if !failures.isEmpty { try say("# failed: \(failures.joined(separator: " "))") }
        if !surprises.isEmpty {
            try say("# passed although known to fail, take it off the list: \(surprises.joined(separator: " "))")
        }
        return failures.isEmpty && surprises.isEmpty
    }

    /// `#` would begin a directive.
    private static func escaped(_ text: String) -> String {
        text.split(separator: "#", omittingEmptySubsequences: false).joined(separator: "\\#")
    }
}
