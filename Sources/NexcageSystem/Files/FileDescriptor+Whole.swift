internal import Glibc
public import SystemPackage

extension FileDescriptor {
    /// Reads up to the end of the file.
    ///
    /// - Parameters:
    ///   - limit: how many bytes are accepted; more is an error, so that no file can exhaust the memory.
    ///   - name: what the file is called in an error.
    public func readAll(limit: Int, name: String) throws(NexcageError) -> [UInt8] {
        var status = Glibc.stat()
        guard fstat(rawValue, &status) == 0 else { throw NexcageError.system("stat", name, .current) }
        var bytes: [UInt8] = []
        // One byte more than the size, so that the usual file needs a single read to fill and one to see the end.
        var capacity = min(max(Int(status.st_size) + 1, 512), limit + 1)
        while true {
            let count = try appendOnce(to: &bytes, upTo: capacity - bytes.count, name: name)
            if count == 0 { return bytes }
            guard bytes.count <= limit else {
                throw NexcageError(.invalid, "read \(quoted(name)): larger than \(limit) bytes")
            }
            if bytes.count == capacity { capacity = min(capacity * 2, limit + 1) }
        }
    }

    /// Lets the program that this process becomes have the descriptor too.
    public func passOn() throws(NexcageError) {
        guard fcntl(rawValue, F_SETFD, 0) == 0 else { throw NexcageError.system("pass on a descriptor", nil, .current) }
    }

    /// What one read(2) gives; empty at the end of the file.
    public func readSome(limit: Int, name: String) throws(NexcageError) -> [UInt8] {
        var bytes: [UInt8] = []
        _ = try appendOnce(to: &bytes, upTo: limit, name: name)
        return bytes
    }

    private func appendOnce(to bytes: inout [UInt8], upTo room: Int, name: String) throws(NexcageError) -> Int {
        var failure: Errno?
        let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, initialized in
            while true {
                let count = Glibc.read(rawValue, buffer.baseAddress, room)
                if count < 0, errno == EINTR { continue }
                if count < 0 { failure = .current }
                initialized = max(count, 0)
                return
            }
        }
        if let failure { throw NexcageError.system("read", name, failure) }
        if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
        return chunk.count
    }

    /// Writes every byte, however often the kernel takes only a part.
    public func writeAll(_ bytes: UnsafeRawBufferPointer, name: String) throws(NexcageError) {
        var rest = bytes
        while let base = rest.baseAddress, !rest.isEmpty {
            let count = Glibc.write(rawValue, base, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw NexcageError.system("write", name, .current)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Writes every byte of an array.
    public func writeAll(_ bytes: [UInt8], name: String) throws(NexcageError) {
        var failure: NexcageError?
        bytes.withUnsafeBytes { buffer in
            do throws(NexcageError) { try writeAll(buffer, name: name) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
