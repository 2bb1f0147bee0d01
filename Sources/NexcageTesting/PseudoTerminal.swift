import Glibc
import NexcageSystem
package import SystemPackage

/// What a person sits at: a terminal whose other side is a program.
package final class PseudoTerminal: Sendable {
    private let master: FileDescriptor
    /// The program's side.
    package let program: FileDescriptor

    /// Opens a pair with a window of a given size.
    package init(rows: UInt16, columns: UInt16) throws {
        var ends: (master: Int32, program: Int32) = (-1, -1)
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&ends.master, &ends.program, nil, nil, &size) == 0 else {
            throw NexcageError.system("open a pseudo terminal", nil, .current)
        }
        for end in [ends.master, ends.program] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        master = FileDescriptor(rawValue: ends.master)
        program = FileDescriptor(rawValue: ends.program)
    }

    deinit {
        for end in [master, program] { _ = close(end.rawValue) }
    }

    /// What the person types.
    package func type(_ text: String) throws { try master.writeAll(Array(text.utf8), name: "terminal") }

    /// What the person reads, up to an expected part.
    package func read(upTo part: String) throws -> String { try master.read(upTo: part) }
}

extension FileDescriptor {
    /// Reads a terminal until a part has been seen.
    ///
    /// - Throws: if it does not come in a time that only a broken program needs.
    package func read(upTo part: String, within seconds: Int32 = 30) throws -> String {
        var seen: [UInt8] = []
        while true {
            let text = String(decoding: seen, as: UTF8.self)
            if text.split(separator: part, omittingEmptySubsequences: false).count > 1 { return text }
            var waiting = pollfd(fd: rawValue, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, seconds * 1000) > 0 else {
                throw NexcageError(.busy, "\(quoted(part)) did not come, only \(quoted(text))")
            }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = Glibc.read(rawValue, &buffer, buffer.count)
            guard count > 0 else { throw NexcageError(.failed, "the terminal closed after \(quoted(text))") }
            seen += buffer[..<count]
        }
    }
}
