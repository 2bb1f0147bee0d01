internal import NexcageSystem

extension TarEntry {
    /// Puts an entry together: extended records win over GNU's long names, and those over the header.
    ///
    /// - Throws: `unsupported` for a kind of entry that no layer may have; `integrity` for an impossible value.
    init(
        _ header: TarHeader, _ records: PAXRecords, longPath: [UInt8]?, longTarget: [UInt8]?
    ) throws(NexcageError) {
        path = records.path ?? longPath ?? header.path
        linkTarget = records.linkTarget ?? longTarget ?? header.linkTarget
        mode = try header.mode()
        owner = try Self.identifier(records.owner, or: header.owner)
        group = try Self.identifier(records.group, or: header.group)
        size = if let size = records.size { size } else { try header.size() }
        modified = if let modified = records.modified { modified } else { (try header.modified(), 0) }
        attributes = records.attributes
        kind = try Self.kind(header, endsInSlash: path.last == 0x2F)
        if records.isSocket { kind = .socket }
    }

    /// -1 means "leave it" to chown(2), so it and all that does not fit 32 bits is no owner.
    private static func identifier(
        _ record: Int?, or field: () throws(NexcageError) -> Int
    ) throws(NexcageError) -> UInt32 {
        let number = if let record { record } else { try field() }
        guard let number = UInt32(exactly: number), number != .max else {
            throw NexcageError(.integrity, "a tar header has an impossible uid or gid")
        }
        return number
    }

    private static func kind(_ header: TarHeader, endsInSlash: Bool) throws(NexcageError) -> Kind {
        switch header.type {
        // Before ustar a directory was a file whose name ends in a slash.
        case UInt8(ascii: "0"), 0, UInt8(ascii: "7"): return endsInSlash ? .directory : .file
        case UInt8(ascii: "1"): return .hardLink
        case UInt8(ascii: "2"): return .symbolicLink
        case UInt8(ascii: "3"):
            let device = try header.device()
            return .characterDevice(major: device.major, minor: device.minor)
        case UInt8(ascii: "4"):
            let device = try header.device()
            return .blockDevice(major: device.major, minor: device.minor)
        case UInt8(ascii: "5"): return .directory
        case UInt8(ascii: "6"): return .fifo
        case UInt8(ascii: "S"):
            throw NexcageError(.unsupported, "the layer has a sparse file, which image layers do not allow")
        default:
            let type = String(UnicodeScalar(header.type))
            throw NexcageError(.unsupported, "the layer has an entry of the unknown type \(quoted(type))")
        }
    }
}
