import CNexcageSystem
import Glibc
import NexcageSystem
import SystemPackage

/// One gRPC connection over a socket file: unary calls, one after the other, in HTTP/2 with prior knowledge (RFC 9113).
///
/// Header blocks are sent as literals without index and never decoded: a call succeeded if it has a message.
final class RPCConnection {
    private let socket: OwnedDescriptor
    private var stream: UInt32 = 1

    init(_ path: FilePath) throws {
        socket = try OwnedDescriptor(
            checking: Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | 0x80000, 0), "socket", "")
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.string.utf8).prefix(107)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket.descriptor.rawValue, $0, size) }
        }
        guard connected == 0 else { throw NexcageError.system("connect to", path, .current) }
        try send(Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8))
        // No limit that a test could reach: a window of 2^31-1 for streams and for the connection.
        try frame(type: .settings, payload: [0, 4, 0x7F, 0xFF, 0xFF, 0xFF])
        try frame(type: .windowUpdate, payload: [0x7F, 0xFF, 0, 0])
    }

    private enum FrameType: UInt8 {
        case data = 0
        case headers = 1
        case settings = 4
        case ping = 6
        case windowUpdate = 8
    }

    /// Calls a method and waits for its answer.
    ///
    /// - Throws: with whatever can be read in the answer's headers if there is no message.
    func call(_ method: String, _ message: [UInt8]) throws -> ProtobufMessage {
        let id = stream
        stream += 2
        let headers = [
            (":method", "POST"), (":scheme", "http"), (":path", method), (":authority", "localhost"),
            ("content-type", "application/grpc"), ("te", "trailers"),
        ]
        try frame(
            type: .headers, flags: 4, stream: id, payload: headers.flatMap { Self.literal($0.0) + Self.name($0.1) })
        try frame(type: .data, flags: 1, stream: id, payload: [0] + Self.bigEndian(UInt32(message.count)) + message)
        var answer: [UInt8] = []
        var trailer: [UInt8] = []
        while true {
            let head = try receive(9)
            let count = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
            let payload = try receive(count)
            let isEnd = head[4] & 1 != 0
            let isOurs = head[5...8].elementsEqual(Self.bigEndian(id))
            switch FrameType(rawValue: head[3]) {
            case .settings where !isEnd: try frame(type: .settings, flags: 1)
            case .ping where !isEnd: try frame(type: .ping, flags: 1, payload: payload)
            case .data where isOurs: answer += payload
            case .headers where isOurs: trailer = payload
            default: break
            }
            if isOurs, isEnd, head[3] < 2 { break }
        }
        guard answer.count >= 5 else {
            let words = String(decoding: trailer.filter { 0x20..<0x7F ~= $0 }, as: UTF8.self)
            throw NexcageError(.failed, "\(method) has failed: \(words)")
        }
        return try ProtobufMessage(Array(answer[5...]))
    }

    /// A header that enters no table (RFC 7541, 6.2.2), up to its name.
    private static func literal(_ text: String) -> [UInt8] { [0] + name(text) }

    /// A string literal without Huffman's code (RFC 7541, 5.2); all of ours are shorter than 127 bytes.
    private static func name(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }

    private static func bigEndian(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }

    private func frame(type: FrameType, flags: UInt8 = 0, stream: UInt32 = 0, payload: [UInt8] = []) throws {
        // 24 bits of length, then type, flags and stream.
        var bytes = Array(Self.bigEndian(UInt32(payload.count)).dropFirst())
        bytes += [type.rawValue, flags]
        bytes += Self.bigEndian(stream)
        try send(bytes + payload)
    }

    private func send(_ bytes: [UInt8]) throws { try socket.descriptor.writeAll(bytes, name: "containerd") }

    private func receive(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = try socket.descriptor.readSome(limit: count - bytes.count, name: "containerd")
            guard !more.isEmpty else { throw NexcageError(.failed, "containerd has closed the connection") }
            bytes += more
        }
        return bytes
    }
}
