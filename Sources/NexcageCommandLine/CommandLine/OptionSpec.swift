/// One flag of the OCI command line.
package struct OptionSpec: Sendable {
    /// The long name without dashes.
    let name: StaticString
    /// The letter of its short form.
    let short: Character?
    /// What its value is called in the help; nil for a flag that has none.
    let value: StaticString?
    /// Half a line for the help.
    let help: StaticString

    /// A flag that is there or not.
    static func flag(_ name: StaticString, _ short: Character? = nil, _ help: StaticString) -> OptionSpec {
        OptionSpec(name: name, short: short, value: nil, help: help)
    }

    /// A flag with a value, as `--name=value` or `--name value`.
    static func value(
        _ name: StaticString, _ short: Character? = nil, _ value: StaticString, _ help: StaticString
    ) -> OptionSpec {
        OptionSpec(name: name, short: short, value: value, help: help)
    }

    func isNamed(_ text: Substring) -> Bool {
        text.utf8.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
}

/// One verb of the OCI command line.
package struct VerbSpec: Sendable {
    package let name: StaticString
    /// What follows the verb and its flags, `<container-id>`.
    let operands: StaticString
    package let summary: StaticString
    let options: [OptionSpec]
    /// Two command lines that somebody could type.
    let examples: [StaticString]
    /// Whether everything from the first operand on belongs to the program to be run.
    var stopsAtOperand = false
    /// How many operands there may be.
    var operandCount = 1...1
}
