internal import NexcageSystem

/// How keys and directories are named on disk: never with characters that a user chose.
extension SnapshotRecords {
    /// Makes a new, empty directory with the shortest free id. Call it under the lock.
    func makeLayer() throws(NexcageError) -> String {
        var number = try HostDirectory.entries(layers).count
        while true {
            let id = String(number, radix: 36)
            if try HostDirectory.createNew(layers.appending(id)) {
                // The mode that the root of an image has if the image does not say, whatever the umask.
                try RootDirectory(layers).top().setMode(of: RootDirectory.Name(id), 0o755)
                return id
            }
            number += 1
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// The key in hexadecimal: whatever it holds, it is a safe name.
    static func fileName(_ key: String) -> String {
        var text: [UInt8] = []
        for byte in key.utf8 {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The key of a record's file; nil for a temporary file or anything else.
    static func key(fileName: String) -> String? {
        let text = Array(fileName.utf8)
        guard text.count.isMultiple(of: 2), !text.isEmpty else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: text.count, by: 2) {
            guard let high = digits.firstIndex(of: text[index]), let low = digits.firstIndex(of: text[index + 1]) else {
                return nil
            }
            bytes.append(UInt8(high << 4 | low))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
