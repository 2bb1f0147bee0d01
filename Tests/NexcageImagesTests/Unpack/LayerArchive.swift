/// Builds the tar of a layer, entry by entry, as the hostile or careless would: nothing is checked.
struct LayerArchive {
    private(set) var bytes: [UInt8] = []

    /// A field of a header that an entry does not leave at its default.
    struct Fields {
        var mode = 0o644
        var owner = 0
        var group = 0
        var modified = 1_500_000_000
        var device = (major: 0, minor: 0)
        /// Records of an extended header in front of the entry.
        var records: [(key: String, value: [UInt8])] = []
    }

    mutating func file(_ path: String, _ content: String = "", _ fields: Fields = Fields()) {
        entry(Array(path.utf8), type: "0", content: Array(content.utf8), fields)
    }

    mutating func directory(_ path: String, mode: Int = 0o755) {
        entry(Array(path.utf8), type: "5", Fields(mode: mode))
    }

    mutating func symbolicLink(_ path: String, to target: String) {
        entry(Array(path.utf8), type: "2", target: Array(target.utf8))
    }

    mutating func hardLink(_ path: String, to target: String) {
        entry(Array(path.utf8), type: "1", target: Array(target.utf8))
    }

    /// Any entry at all.
    mutating func entry(
        _ path: [UInt8], type: Character, target: [UInt8] = [], content: [UInt8] = [], _ fields: Fields = Fields()
    ) {
        if !fields.records.isEmpty { extendedHeader("x", fields.records) }
        header(path, type, target: target, size: content.count, fields)
        add(content)
    }

    /// An extended header for the next entry (`x`) or all that follow (`g`).
    mutating func extendedHeader(_ type: Character, _ records: [(key: String, value: [UInt8])]) {
        let content = records.flatMap { Self.record($0.key, $0.value) }
        header(Array("pax".utf8), type, size: content.count, Fields())
        add(content)
    }

    /// Bytes without any form.
    mutating func raw(_ bytes: [UInt8]) {
        self.bytes += bytes
    }

    /// The whole archive, with the two empty blocks that end it.
    var finished: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

    /// One record of an extended header; its length counts itself.
    static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [0x0A]
        var length = rest.count
        while "\(length)".utf8.count + rest.count != length { length = "\(length)".utf8.count + rest.count }
        return Array("\(length)".utf8) + rest
    }

    private mutating func add(_ content: [UInt8]) {
        bytes += content
        bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    private mutating func header(
        _ path: [UInt8], _ type: Character, target: [UInt8] = [], size: Int, _ fields: Fields
    ) {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ bytes: some Collection<UInt8>, at offset: Int) {
            block.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        }
        put(path.prefix(100), at: 0)
        put(Self.number(fields.mode, 8), at: 100)
        put(Self.number(fields.owner, 8), at: 108)
        put(Self.number(fields.group, 8), at: 116)
        put(Self.number(size, 12), at: 124)
        put(Self.number(fields.modified, 12), at: 136)
        put([UInt8](repeating: 0x20, count: 8), at: 148)
        block[156] = type.asciiValue ?? 0
        put(target.prefix(100), at: 157)
        put(Array("ustar\0".utf8) + Array("00".utf8), at: 257)
        put(Self.number(fields.device.major, 8), at: 329)
        put(Self.number(fields.device.minor, 8), at: 337)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(Self.number(sum, 7), at: 148)
        bytes += block
    }

    /// Octal, or base-256 if that is too short.
    private static func number(_ value: Int, _ width: Int) -> [UInt8] {
        let digits = Array(String(value, radix: 8).utf8)
        if value >= 0, digits.count < width {
            return [UInt8](repeating: 0x30, count: width - 1 - digits.count) + digits + [0]
        }
        var field = (0..<width).map { index in
            let shift = 8 * (width - 1 - index)
            return UInt8(truncatingIfNeeded: shift < 64 ? value >> shift : value >> 63)
        }
        field[0] |= 0x80
        return field
    }
}
