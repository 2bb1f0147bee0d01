/// Appends a JSON document to a byte array, in the order of the calls.
///
/// The caller keeps begin and end in balance and writes a key before every member's value; commas, line breaks and
/// escapes are the writer's work. Nothing is escaped beyond what RFC 8259 asks for (`<`, `&` and `/` stay as they are).
public struct JSONWriter {
    /// What has been written so far.
    public private(set) var bytes: [UInt8] = []
    private let style: JSONStyle
    private var depth = 0
    private var needsComma = false
    private var isAfterKey = false

    /// Makes an empty writer.
    public init(style: JSONStyle = .compact) {
        self.style = style
        bytes.reserveCapacity(1024)
    }

    /// Opens an object.
    public mutating func beginObject() { open(UInt8(ascii: "{")) }

    /// Closes the object opened last.
    public mutating func endObject() { close(UInt8(ascii: "}")) }

    /// Opens an array.
    public mutating func beginArray() { open(UInt8(ascii: "[")) }

    /// Closes the array opened last.
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Writes the name of a member; its value must follow.
    public mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        if style != .compact { bytes.append(UInt8(ascii: " ")) }
        isAfterKey = true
    }

    /// Writes null.
    public mutating func null() { literal("null") }

    /// Writes true or false.
    public mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

    /// Writes an integer in decimal.
    public mutating func integer(_ value: some FixedWidthInteger) { literal(String(value)) }

    /// Writes a number; infinity and NaN, which JSON has not, become null.
    public mutating func double(_ value: Double) { literal(value.isFinite ? value.description : "null") }

    /// Writes a string in quotes.
    public mutating func string(_ value: String) {
        prepare()
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case 0x0D: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case 0x09: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            case 0..<0x20: bytes += Array("\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func literal(_ text: String) {
        prepare()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func open(_ byte: UInt8) {
        prepare()
        bytes.append(byte)
        depth += 1
        needsComma = false
    }

    private mutating func close(_ byte: UInt8) {
        depth -= 1
        if needsComma { breakLine() }
        bytes.append(byte)
        needsComma = true
    }

    /// Writes what must stand between the last value and the next.
    private mutating func prepare() {
        if isAfterKey {
            isAfterKey = false
        } else {
            if needsComma { bytes.append(UInt8(ascii: ",")) }
            if depth > 0 { breakLine() }
        }
        needsComma = true
    }

    private mutating func breakLine() {
        switch style {
        case .compact: return
        case .spaces(let width):
            bytes.append(0x0A)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * width))
        case .tabs:
            bytes.append(0x0A)
            bytes.append(contentsOf: repeatElement(0x09, count: depth))
        }
    }
}
