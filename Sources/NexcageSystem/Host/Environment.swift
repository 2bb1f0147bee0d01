internal import Glibc

/// The environment of this process.
public enum Environment {
    /// The value of a variable, or nil if it is not set.
    public static func value(of name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Whether any variable's name begins so.
    public static func hasVariable(prefix: String) -> Bool {
        let length = prefix.utf8.count
        return prefix.withCString { start in
            var entry = environ
            while let text = entry.pointee {
                if strncmp(text, start, length) == 0 { return true }
                entry += 1
            }
            return false
        }
    }
}
