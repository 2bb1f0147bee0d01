internal import NexcageSystem

/// The records of an extended header (POSIX.1-2001 pax): what replaces fields of the next entry, or of all.
struct PAXRecords {
    var path: [UInt8]?
    var linkTarget: [UInt8]?
    var size: Int64?
    var owner: Int?
    var group: Int?
    var modified: (seconds: Int, nanoseconds: Int)?
    var isSocket = false
    var attributes: [(key: [UInt8], value: [UInt8])] = []

    private static let attributePrefix = Array("SCHILY.xattr.".utf8)
    private static let sparsePrefix = Array("GNU.sparse.".utf8)

    /// Reads `length key=value\n`, again and again.
    ///
    /// - Throws: `integrity` if that is not what the bytes are; `unsupported` for a sparse file.
    mutating func add(_ bytes: [UInt8]) throws(NexcageError) {
        var rest = bytes[...]
        // Some writers fill the rest with NULs.
        while let first = rest.first, first != 0 {
            guard let space = rest.firstIndex(of: 0x20), let length = Self.integer(rest[..<space]),
                length > space - rest.startIndex, length <= rest.count
            else { throw Self.damaged }
            let record = rest[space + 1..<rest.startIndex + length]
            guard record.last == 0x0A, let equals = record.firstIndex(of: 0x3D) else { throw Self.damaged }
            try set(record[..<equals], to: record[(equals + 1)...].dropLast())
            rest = rest[(rest.startIndex + length)...]
        }
    }

    private mutating func set(_ key: ArraySlice<UInt8>, to value: ArraySlice<UInt8>) throws(NexcageError) {
        if key.starts(with: Self.attributePrefix) {
            return try setAttribute(Array(key.dropFirst(Self.attributePrefix.count)), Array(value))
        }
        guard !key.starts(with: Self.sparsePrefix) else {
            throw NexcageError(.unsupported, "the layer has a sparse file, which image layers do not allow")
        }
        switch String(decoding: key, as: UTF8.self) {
        case "path": path = try Self.text(value)
        case "linkpath": linkTarget = try Self.text(value)
        case "size": size = try Self.number(value).map(Int64.init)
        case "uid": owner = try Self.number(value)
        case "gid": group = try Self.number(value)
        case "mtime": modified = try Self.time(value)
        case "SCHILY.filetype": isSocket = value.elementsEqual("socket".utf8)
        default: break
        }
    }

    private mutating func setAttribute(_ key: [UInt8], _ value: [UInt8]) throws(NexcageError) {
        guard !key.isEmpty, !key.contains(0) else { throw Self.damaged }
        attributes.removeAll { $0.key == key }
        attributes.append((key, value))
    }

    /// An empty value takes back what an earlier header said.
    private static func text(_ value: ArraySlice<UInt8>) throws(NexcageError) -> [UInt8]? {
        guard !value.contains(0) else { throw damaged }
        return value.isEmpty ? nil : Array(value)
    }

    private static func number(_ value: ArraySlice<UInt8>) throws(NexcageError) -> Int? {
        if value.isEmpty { return nil }
        guard let number = integer(value) else { throw damaged }
        return number
    }

    private static func time(_ value: ArraySlice<UInt8>) throws(NexcageError) -> (seconds: Int, nanoseconds: Int)? {
        if value.isEmpty { return nil }
        let isNegative = value.first == 0x2D
        let parts = value.dropFirst(isNegative ? 1 : 0)
            .split(separator: 0x2E, maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, let seconds = integer(whole) else { throw damaged }
        var nanoseconds = 0
        if parts.count == 2, !parts[1].isEmpty {
            let digits = parts[1].prefix(9) + repeatElement(0x30, count: max(0, 9 - parts[1].count))
            guard let fraction = integer(digits) else { throw damaged }
            nanoseconds = fraction
        }
        if !isNegative { return (seconds, nanoseconds) }
        return nanoseconds == 0 ? (-seconds, 0) : (-seconds - 1, 1_000_000_000 - nanoseconds)
    }

    private static func integer(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 18 else { return nil }
        var value = 0
        for digit in digits {
            guard 0x30...0x39 ~= digit else { return nil }
            value = value * 10 + Int(digit & 15)
        }
        return value
    }

    private static var damaged: NexcageError {
        NexcageError(.integrity, "an extended header of the tar is damaged")
    }
}
