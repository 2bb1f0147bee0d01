/// Why a case did not pass.
enum Failure: Error {
    /// The runtime breaks the promise.
    case broken(String)
    /// The runtime reports an error for what it need not support.
    case refused(String)
    /// The host cannot show whether it does.
    case skipped(String)
}

/// Fails the case unless something holds.
func expect(_ condition: Bool, _ message: @autoclosure () -> String) throws {
    guard condition else { throw Failure.broken(message()) }
}

/// Fails the case unless two values are the same.
func expectEqual<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) throws {
    guard found == expected else { throw Failure.broken("\(what) is \(found), expected \(expected)") }
}

/// The value, which has to be there.
func require<Value>(_ value: Value?, _ what: String) throws -> Value {
    guard let value else { throw Failure.broken("there is no \(what)") }
    return value
}
