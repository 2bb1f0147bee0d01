internal import NexcageSystem
internal import SystemPackage

/// What a command line says: its flags in order, and the rest.
///
/// The grammar is Go's, as runc's callers use it: `-flag` and `--flag` are the same, values follow after `=` or as the next
/// word, one-letter flags may be joined (`-it`), `--` ends the flags, a repeated flag counts once (its last value).
struct ParsedArguments {
    private var found: [(name: String, value: String)] = []
    /// What is no flag, in order.
    private(set) var operands: [String] = []
    /// Where parsing stopped; only of interest when it stops at the first operand.
    private(set) var rest: ArraySlice<String> = []

    /// Reads words.
    ///
    /// - Parameters:
    ///   - words: the words behind the verb.
    ///   - options: the flags that there are.
    ///   - stopsAtOperand: leave everything from the first operand on in ``rest``.
    ///   - subject: whose command line it is, for errors.
    init(
        _ words: ArraySlice<String>, options: [OptionSpec], stopsAtOperand: Bool, subject: String
    ) throws(NexcageError) {
        var index = words.startIndex
        while index < words.endIndex {
            let word = words[index]
            if word == "--" {
                if stopsAtOperand {
                    rest = words[(index + 1)...]
                    return
                }
                operands += words[(index + 1)...]
                return
            }
            guard word.hasPrefix("-"), word.utf8.count > 1 else {
                if stopsAtOperand {
                    rest = words[index...]
                    return
                }
                operands.append(word)
                index += 1
                continue
            }
            index = try readFlags(words, at: index, options, subject)
        }
    }

    /// Reads the flag or the joined flags at an index; returns the index behind them.
    private mutating func readFlags(
        _ words: ArraySlice<String>, at index: Int, _ options: [OptionSpec], _ subject: String
    ) throws(NexcageError) -> Int {
        let word = words[index]
        let body = word.drop { $0 == "-" }
        let equals = body.utf8.firstIndex(of: UInt8(ascii: "="))
        let name = equals.map { body[..<$0] } ?? body
        let given = equals.map { String(body[body.utf8.index(after: $0)...]) }
        guard let option = Self.find(name, options) else {
            return try readJoined(words, at: index, body, options, subject)
        }
        guard option.value != nil else {
            try record(option, switchedBy: given, word)
            return index + 1
        }
        if let given {
            found.append((option.name.description, given))
            return index + 1
        }
        guard index + 1 < words.endIndex else { throw NexcageError(.usage, "flag needs an argument: \(word)") }
        found.append((option.name.description, words[index + 1]))
        return index + 2
    }

    /// `-it`, `-u0`: one letter after the other, the last one with a value if it wants one.
    private mutating func readJoined(
        _ words: ArraySlice<String>, at index: Int, _ body: Substring, _ options: [OptionSpec], _ subject: String
    ) throws(NexcageError) -> Int {
        let word = words[index]
        guard !word.hasPrefix("--") else { throw Self.unknown(word, options, subject) }
        var letters = body
        while let letter = letters.popFirst() {
            guard let option = options.first(where: { $0.short == letter }) else {
                throw Self.unknown(word, options, subject)
            }
            guard option.value != nil else {
                found.append((option.name.description, "true"))
                continue
            }
            if !letters.isEmpty {
                found.append((option.name.description, String(letters.first == "=" ? letters.dropFirst() : letters)))
                return index + 1
            }
            guard index + 1 < words.endIndex else { throw NexcageError(.usage, "flag needs an argument: \(word)") }
            found.append((option.name.description, words[index + 1]))
            return index + 2
        }
        return index + 1
    }

    private mutating func record(_ option: OptionSpec, switchedBy given: String?, _ word: String) throws(NexcageError) {
        switch given {
        case nil, "true"?, "1"?: found.append((option.name.description, "true"))
        case "false"?, "0"?: found.append((option.name.description, "false"))
        case _?: throw NexcageError(.usage, "flag takes no value but true or false: \(word)")
        }
    }

    private static func find(_ name: Substring, _ options: [OptionSpec]) -> OptionSpec? {
        options.first { option in
            option.isNamed(name) || (name.count == 1 && option.short == name.first)
        }
    }

    private static func unknown(_ word: String, _ options: [OptionSpec], _ subject: String) -> NexcageError {
        let name = String(word.drop { $0 == "-" }.prefix { $0 != "=" })
        let nearest = NearestWord.find(name, in: options.map { $0.name.description })
        let hint = nearest.map { "; did you mean --\($0)?" } ?? "; see \(subject) --help"
        return NexcageError(.usage, "\(subject): unknown flag \(quoted(word))\(hint)")
    }

    /// Whether a flag is set.
    func has(_ name: StaticString) -> Bool {
        string(name) == "true"
    }

    /// The last value of a flag.
    func string(_ name: StaticString) -> String? {
        let wanted = name.description
        return found.last { $0.name == wanted }?.value
    }

    /// Every value of a flag that may be repeated.
    func strings(_ name: StaticString) -> [String] {
        let wanted = name.description
        return found.filter { $0.name == wanted }.map(\.value)
    }

    /// The path that a flag gives, made absolute.
    func path(_ name: StaticString) throws(NexcageError) -> FilePath? {
        guard let text = string(name), !text.isEmpty else { return nil }
        return try HostDirectory.absolute(FilePath(text))
    }

    /// The path that a flag gives, or a default, made absolute.
    func path(_ name: StaticString, default fallback: FilePath) throws(NexcageError) -> FilePath {
        if let path = try path(name) { return path }
        return try HostDirectory.absolute(fallback)
    }

    /// The number that a flag gives.
    func integer<Number: FixedWidthInteger>(_ name: StaticString, as _: Number.Type = Number.self) throws(NexcageError)
        -> Number?
    {
        guard let text = string(name) else { return nil }
        guard let number = Number(text) else {
            throw NexcageError(.usage, "invalid value \(quoted(text)) for flag --\(name): expected a number")
        }
        return number
    }
}
