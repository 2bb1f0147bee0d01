/// Prints the results of several runtimes side by side, and the reasons for what did not pass.
struct MarkdownReport {
    private struct Column {
        let runtime: RuntimeUnderTest
        let known: KnownFailures
        let results: [CaseResult]
    }

    private let cases: [ConformanceCase]
    private var columns: [Column] = []

    init(_ cases: [ConformanceCase]) { self.cases = cases }

    /// Takes the results of a runtime, one for each case in order.
    mutating func add(_ runtime: RuntimeUnderTest, _ known: KnownFailures, _ results: [CaseResult]) {
        columns.append(Column(runtime: runtime, known: known, results: results))
    }

    /// Prints everything.
    func printAll() throws {
        for column in columns { try say("- \(column.runtime.name): \(column.runtime.version())") }
        try printSums()
        try printSections()
        try printOthers()
        try printReasons()
    }

    private func printSums() throws {
        try printHead("\(cases.count) cases")
        for word in ["passed", "failed", "refused", "skipped"] {
            try printRow(word, columns.map { column in "\(column.results.count { Self.word($0) == word })" })
        }
    }

    private static let pages = ["runtime.md", "runtime-linux.md", "config.md", "config-linux.md"]

    /// How many promises of each section are kept.
    private func printSections() throws {
        try say("\n### By section\n\nPassed or refused, of those that were not skipped.")
        try printHead("section")
        var sections: [String] = []
        for item in cases where !sections.contains(item.section) { sections.append(item.section) }
        for section in Self.pages.flatMap({ page in sections.filter { $0.hasPrefix("\(page)#") } }) {
            let places = cases.indices.filter { cases[$0].section == section }
            let cells = columns.map { column in
                let results = places.map { Self.word(column.results[$0]) }
                return "\(results.count { $0 == "passed" || $0 == "refused" })/\(results.count { $0 != "skipped" })"
            }
            try printRow(section, cells)
        }
    }

    /// The cases that not every runtime passes.
    private func printOthers() throws {
        try say("\n### Cases that some runtime does not pass")
        try printHead("case")
        for (index, item) in cases.enumerated() {
            let words = columns.map { Self.word($0.results[index]) }
            if words.contains(where: { $0 != "passed" }) {
                try printRow(item.id, words.map { $0 == "passed" ? "·" : $0 })
            }
        }
    }

    private func printReasons() throws {
        try say("\n### Why\n")
        for (index, item) in cases.enumerated() {
            var reasons: [(text: String, names: [String])] = []
            for column in columns {
                guard let text = Self.reason(column.results[index], column.known.reason(item)) else { continue }
                if let place = reasons.firstIndex(where: { $0.text == text }) {
                    reasons[place].names.append(column.runtime.name)
                } else {
                    reasons.append((text, [column.runtime.name]))
                }
            }
            for reason in reasons {
                try say(Self.wrapped("- `\(item.id)` (\(reason.names.joined(separator: ", "))): \(reason.text)"))
            }
        }
    }

    private func printHead(_ title: String) throws {
        try say("")
        try printRow(title, columns.map(\.runtime.name))
        try say("|---|\(columns.map { _ in "---|" }.joined())")
    }

    private func printRow(_ title: String, _ cells: [String]) throws {
        try say("| \(title) | \(cells.joined(separator: " | ")) |")
    }

    private static func word(_ result: CaseResult) -> String {
        switch result {
        case .passed: "passed"
        case .failed: "failed"
        case .refused: "refused"
        case .skipped: "skipped"
        }
    }

    /// A refusal explains itself: the runtime does not support what it need not support.
    private static func reason(_ result: CaseResult, _ known: String?) -> String? {
        switch result {
        case .passed, .refused: nil
        case .failed(let message): known ?? String(message.lines.first ?? "")
        case .skipped(let reason): reason
        }
    }

    /// A list item on lines of at most 120 columns.
    private static func wrapped(_ text: String) -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if line.count + word.count + 1 > 120 {
                lines.append(line)
                line = "  \(word)"
            } else {
                line += line.isEmpty ? "\(word)" : " \(word)"
            }
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
