/// Writes ustar archives with whatever names a test wants, hostile ones too.
struct TarBuilder {
    private(set) var bytes: [UInt8] = []

    mutating func file(_ name: String, _ content: [UInt8], mode: Int = 0o644) {
        header(name, type: "0", size: content.count, mode: mode)
        bytes += content
        bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    mutating func directory(_ name: String) {
        header(name, type: "5", size: 0, mode: 0o755)
    }

    mutating func symbolicLink(_ name: String, to target: String) {
        header(name, type: "2", size: 0, mode: 0o777, link: target)
    }

    mutating func hardLink(_ name: String, to target: String) {
        header(name, type: "1", size: 0, mode: 0o644, link: target)
    }

    /// The archive with the two empty blocks at its end.
    var finished: [UInt8] {
        bytes + [UInt8](repeating: 0, count: 1024)
    }

    private mutating func header(_ name: String, type: Character, size: Int, mode: Int, link: String = "") {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        func octal(_ value: Int, digits: Int) -> String {
            let text = String(value, radix: 8)
            return String(repeating: "0", count: digits - text.count) + text
        }
        precondition(name.utf8.count <= 100 && link.utf8.count <= 100, "a longer name needs an extension of the format")
        put(name, at: 0)
        put(octal(mode, digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)
        put(octal(0, digits: 7), at: 116)
        put(octal(size, digits: 11), at: 124)
        put(octal(1_700_000_000, digits: 11), at: 136)
        put("        ", at: 148)
        put(String(type), at: 156)
        put(link, at: 157)
        put("ustar\u{0}00", at: 257)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(sum, digits: 6) + "\u{0} ", at: 148)
        bytes += block
    }
}
