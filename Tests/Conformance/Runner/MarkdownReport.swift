/// Prints the results of several runtimes side by side, and the reasons for failures below.
struct MarkdownReport {
    private struct Column {
        let name: String
        let known: KnownFailures
        var results: [CaseResult] = []

        func count(_ matches: (CaseResult) -> Bool) -> Int { results.count(where: matches) }
    }

    private let cases: [ConformanceCase]
    private var columns: [Column] = []
    private var versions: [String] = []

    init(_ cases: [ConformanceCase]) { self.cases = cases }

    /// Takes the results of a runtime, one for each case in order.
    mutating func add(_ runtime: RuntimeUnderTest, _ known: KnownFailures, _ results: [CaseResult]) {
        columns.append(Column(name: runtime.name, known: known, results: results))
        versions.append("\(runtime.name) is `\(runtime.version())`")
    }

    /// Prints everything.
    func printAll() throws {
        try say(versions.joined(separator: "; ") + ".\n")
        try say("| | \(columns.map(\.name).joined(separator: " | ")) |")
        try say("|---|\(columns.map { _ in "---:|" }.joined())")
        try printRow("passed") { $0 == .passed }
        try printRow("failed") { if case .failed = $0 { true } else { false } }
        try printRow("refused") { if case .refused = $0 { true } else { false } }
        try printRow("skipped") { if case .skipped = $0 { true } else { false } }
        for (page, heading) in Self.pages { try printTable(page, heading) }
        try printReasons()
    }

    private static let pages = [
        ("runtime.md", "Life cycle: runtime.md"), ("config.md", "Configuration: config.md"),
        ("config-linux.md", "Linux: config-linux.md"),
    ]

    private func printRow(_ title: String, _ matches: (CaseResult) -> Bool) throws {
        try say("| \(title) | \(columns.map { String($0.count(matches)) }.joined(separator: " | ")) |")
    }

    private func printTable(_ page: String, _ heading: String) throws {
        try say("\n### \(heading)\n")
        try say("| section | case | promise | \(columns.map(\.name).joined(separator: " | ")) |")
        try say("|---|---|---|\(columns.map { _ in "---|" }.joined())")
        for (index, item) in cases.enumerated() where item.section.hasPrefix("\(page)#") {
            let words = columns.map { Self.word($0.results[index]) }.joined(separator: " | ")
            try say("| \(item.section.dropFirst(page.count)) | \(item.id) | \(item.title) | \(words) |")
        }
    }

    private static func word(_ result: CaseResult) -> String {
        switch result {
        case .passed: "ok"
        case .failed: "**fails**"
        case .refused: "refused"
        case .skipped: "skipped"
        }
    }

    private func printReasons() throws {
        try say("\n### Why cases fail, are refused or are skipped here\n")
        for (index, item) in cases.enumerated() {
            for column in columns {
                guard let reason = Self.reason(column.results[index], column.known.reason(item)) else { continue }
                try say("- `\(item.id)`, \(column.name): \(reason)")
            }
        }
    }

    private static func reason(_ result: CaseResult, _ known: String?) -> String? {
        switch result {
        case .passed: nil
        case .failed(let message): known ?? String(message.lines.first ?? "")
        case .refused(let reason), .skipped(let reason): reason
        }
    }
}
