internal import Glibc
public import NexcageSystem
internal import SystemPackage

/// Content that is open for reading: a stretch of a file of this host.
///
/// The file's own offset is not touched, so that several stretches of one archive can be read at a time.
public struct BlobHandle: ~Copyable {
    /// The file; nobody else has this descriptor.
    public let file: OwnedDescriptor
    /// Where in the file the content begins.
    public let offset: Int64
    /// How many bytes it has.
    public let length: Int64
    /// What the content is called in an error.
    public let name: String

    /// Takes over a file.
    public init(_ file: consuming OwnedDescriptor, offset: Int64, length: Int64, name: String) {
        self.file = file
        self.offset = offset
        self.length = length
        self.name = name
    }

    /// Takes over a file, the whole of which is the content.
    init(whole file: consuming OwnedDescriptor, name: String) throws(NexcageError) {
        var status = stat()
        guard fstat(file.descriptor.rawValue, &status) == 0 else { throw NexcageError.system("stat", name, .current) }
        self.init(file, offset: 0, length: Int64(status.st_size), name: name)
    }

    /// Fills `buffer` from `position` of the content, as far as there is content.
    ///
    /// - Returns: how many bytes were read; fewer than fit only at the end.
    /// - Throws: `integrity` if the file ends before the content does.
    public borrowing func read(
        at position: Int64, into buffer: UnsafeMutableRawBufferPointer
    ) throws(NexcageError) -> Int {
        let wanted = Int(min(Int64(buffer.count), max(0, length - position)))
        var filled = 0
        while filled < wanted {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<wanted])
            let place = off_t(offset + position) + off_t(filled)
            let count = pread(file.descriptor.rawValue, rest.baseAddress, rest.count, place)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw NexcageError.system("read", name, .current) }
            guard count > 0 else { throw NexcageError(.integrity, "read \(quoted(name)): it ends too early") }
            filled += count
        }
        return filled
    }

    /// The whole content.
    ///
    /// - Parameter limit: how many bytes are accepted.
    /// - Throws: `integrity` if there are more.
    public borrowing func read(limit: Int) throws(NexcageError) -> [UInt8] {
        guard length <= limit else {
            throw NexcageError(.integrity, "read \(quoted(name)): larger than \(limit) bytes")
        }
        return try read(first: Int(length))
    }

    /// The first bytes of the content; fewer if it is shorter.
    borrowing func read(first count: Int) throws(NexcageError) -> [UInt8] {
        var failure: NexcageError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(NexcageError) {
                initialized = try read(at: 0, into: UnsafeMutableRawBufferPointer(buffer))
            } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }
}
