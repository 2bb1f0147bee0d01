extension VerbSpec {
    /// The text of `--help`.
    package func help() -> String {
        var text = "nexcage \(name) - \(summary)\n\nExamples:\n"
        for example in examples { text += "   \(example)\n" }
        text += "\nUsage:\n   nexcage [global flags] \(name) [flags] \(operands)\n"
        if !options.isEmpty { text += "\nFlags:\n" + Self.table(options) }
        return text + "\nGlobal flags stand before the verb; see nexcage help.\n"
    }

    /// One line a flag, the explanations in one column.
    package static func table(_ options: [OptionSpec]) -> String {
        let rows = options.map { option in
            let short = option.short.map { "-\($0), " } ?? "    "
            let value = option.value.map { " \($0)" } ?? ""
            return (left: "   \(short)--\(option.name)\(value)", right: option.help.description)
        }
        let width = rows.map(\.left.count).max() ?? 0
        return rows.map { row in
            row.left + String(repeating: " ", count: width - row.left.count + 3) + row.right + "\n"
        }.joined()
    }
}
