/// Writes protocol buffers (protobuf.dev, "Encoding"): just what the calls of the tests need.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    /// A message from its fields.
    static func message(_ body: (inout ProtobufWriter) -> Void) -> [UInt8] {
        var writer = ProtobufWriter()
        body(&writer)
        return writer.bytes
    }

    mutating func field(_ number: UInt64, _ value: [UInt8]) {
        varint(number << 3 | 2)
        varint(UInt64(value.count))
        bytes += value
    }

    mutating func field(_ number: UInt64, _ value: String) { field(number, Array(value.utf8)) }

    mutating func field(_ number: UInt64, _ value: UInt64) {
        varint(number << 3)
        varint(value)
    }

    mutating func field(_ number: UInt64, _ body: (inout ProtobufWriter) -> Void) {
        field(number, Self.message(body))
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// The fields of a message of protocol buffers, by number.
struct ProtobufMessage {
    private var values: [UInt64: [[UInt8]]] = [:]
    private var numbers: [UInt64: UInt64] = [:]

    init(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let key = try Self.varint(&rest)
            switch key & 7 {
            case 0: numbers[key >> 3] = try Self.varint(&rest)
            case 1: rest = rest.dropFirst(8)
            case 2:
                let count = Int(try Self.varint(&rest))
                values[key >> 3, default: []].append(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            case 5: rest = rest.dropFirst(4)
            default: throw ProtobufError.malformed
            }
        }
    }

    func text(_ number: UInt64) -> String { String(decoding: values[number]?.last ?? [], as: UTF8.self) }
    func number(_ number: UInt64) -> UInt64 { numbers[number] ?? 0 }
    func messages(_ number: UInt64) throws -> [ProtobufMessage] {
        try (values[number] ?? []).map { try ProtobufMessage($0) }
    }

    private static func varint(_ bytes: inout ArraySlice<UInt8>) throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = bytes.popFirst() else { throw ProtobufError.malformed }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw ProtobufError.malformed
    }
}

/// What a message can be wrong with.
enum ProtobufError: Error {
    case malformed
}
