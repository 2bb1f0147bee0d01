internal import OCISpec

/// The JSON log that runc, crun and their like write: one object a line, `{"level":"error","msg":"…","time":"…"}`.
enum OCIRuntimeLog {
    /// The message of the last line of level error, as containerd's shim reads it; nil if there is none.
    static func lastError(in log: [UInt8]) -> String? {
        for line in log.split(separator: UInt8(ascii: "\n")).reversed() {
            // A line that is no JSON was cut or written by somebody else, and says nothing to us.
            guard let entry = try? JSONValue.decode(Array(line)) else { continue }
            if entry["level"]?.string == "error", let message = entry["msg"]?.string { return message }
        }
        return nil
    }
}
