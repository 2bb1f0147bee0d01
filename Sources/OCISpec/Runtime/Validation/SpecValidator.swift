/// Collects the violations of one configuration.
struct SpecValidator {
    private(set) var violations: [SpecViolation] = []

    mutating func report(_ keyPath: String, _ message: String, _ section: SpecSection) {
        violations.append(SpecViolation(keyPath: keyPath, message: message, section: section.rawValue))
    }

    /// A path that must be absolute, and that C must be able to take.
    mutating func checkAbsolute(_ path: String, at keyPath: String, _ section: SpecSection) {
        if path.isEmpty {
            report(keyPath, "missing or empty", section)
        } else if !path.utf8.starts(with: "/".utf8) {
            report(keyPath, "\(path.quoted) is not an absolute path", section)
        }
        checkText(path, at: keyPath, section)
    }

    /// A NUL would end the text early on its way through C: what was checked would not be what is used.
    mutating func checkText(_ text: String, at keyPath: String, _ section: SpecSection) {
        if text.utf8.contains(0) { report(keyPath, "\(text.quoted) contains a NUL byte", section) }
    }

    mutating func checkText(_ list: [String], at keyPath: String, _ section: SpecSection) {
        for (index, text) in list.enumerated() { checkText(text, at: "\(keyPath)[\(index)]", section) }
    }

    /// Values that the specification wants at most once.
    mutating func checkUnique(
        _ values: [String], _ section: SpecSection, _ keyPath: (Int) -> String
    ) {
        // A cold process pays more for the first set of strings than for comparing a short list with itself.
        if values.count <= 32 {
            for index in values.indices where values[..<index].contains(values[index]) {
                report(keyPath(index), "\(values[index].quoted) occurs more than once", section)
            }
            return
        }
        var seen: Set<String> = []
        for (index, value) in values.enumerated() where !seen.insert(value).inserted {
            report(keyPath(index), "\(value.quoted) occurs more than once", section)
        }
    }
}
