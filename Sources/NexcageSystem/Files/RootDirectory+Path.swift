public import SystemPackage

extension RootDirectory {
    /// A path below a root, split where the work is split: the kernel resolves the parent, we handle the last name.
    ///
    /// Slashes at the front, empty components and `.` mean nothing and are dropped. `..` may stand in the parent, where
    /// the kernel resolves it (at the root it stays at the root), but not at the end.
    public struct Path: Hashable, Sendable, CustomStringConvertible {
        /// The parent, relative to the root and with a NUL behind it; `.` for the root.
        let parent: [UInt8]
        /// The last component; nil if the path names the root itself.
        public let name: Name?
        /// Whether a component is `..`.
        public let hasParentReference: Bool

        /// The longest path that Linux takes, in bytes.
        public static let limit = 4095

        /// The root itself.
        public static let root = Path(parent: [0x2E, 0], name: nil, hasParentReference: false)

        private init(parent: [UInt8], name: Name?, hasParentReference: Bool) {
            self.parent = parent
            self.name = name
            self.hasParentReference = hasParentReference
        }

        /// Takes the bytes of a path.
        ///
        /// - Throws: `invalid` if it holds a NUL, ends in `..`, or it or one of its components is too long.
        public init(_ bytes: [UInt8]) throws(NexcageError) {
            guard bytes.count <= Self.limit else {
                throw NexcageError(.invalid, "a path of \(bytes.count) bytes is too long")
            }
            let parts = Self.split(bytes)
            let name = parts.last.isEmpty ? nil : try Name(bytes[parts.last])
            guard !parts.parent.dropLast().contains(0) else {
                throw NexcageError(.invalid, "a path holds a NUL byte")
            }
            self.init(parent: parts.parent, name: name, hasParentReference: parts.hasParentReference)
        }

        /// The components but the last, put together again with a NUL behind them, and where the last one stands.
        private static func split(
            _ bytes: [UInt8]
        ) -> (parent: [UInt8], last: Range<Int>, hasParentReference: Bool) {
            var parent: [UInt8] = []
            parent.reserveCapacity(bytes.count + 2)
            var last = 0..<0
            var hasParentReference = false
            var start = 0
            for index in 0...bytes.count where index == bytes.count || bytes[index] == 0x2F {
                let component = start..<index
                start = index + 1
                switch kind(of: component, in: bytes) {
                case .nothing: continue
                case .parent: hasParentReference = true
                case .name: break
                }
                if !last.isEmpty { append(bytes[last], to: &parent) }
                last = component
            }
            if parent.isEmpty { parent.append(0x2E) } else { parent.removeLast() }
            parent.append(0)
            return (parent, last, hasParentReference)
        }

        /// Takes a path of the program's own or of a specification.
        public init(_ text: String) throws(NexcageError) {
            try self.init(Array(text.utf8))
        }

        /// Takes the bytes of a `FilePath`; an absolute one starts at the root.
        public init(_ path: FilePath) throws(NexcageError) {
            try self.init(path.withPlatformString { UnsafeBufferPointer(start: $0, count: path.length) }.bytes)
        }

        /// The path of the parent; that of the root is the root.
        public var parentPath: Path {
            let bytes = Array(parent.dropLast())
            let parts = Self.split(bytes)
            // A `..` at the end stays in the part that is the kernel's.
            guard Self.kind(of: parts.last, in: bytes) == .name else {
                return Path(parent: parent, name: nil, hasParentReference: parts.hasParentReference)
            }
            let name = Name(unchecked: bytes[parts.last])
            return Path(parent: parts.parent, name: name, hasParentReference: parts.hasParentReference)
        }

        /// Whether both are written with the same parent.
        public func hasSameParent(as other: Path) -> Bool {
            parent == other.parent
        }

        /// The same parent with another last component.
        public func replacingName(with name: Name) -> Path {
            Path(parent: parent, name: name, hasParentReference: hasParentReference)
        }

        /// The whole path, relative to the root, with a NUL behind it.
        var bytes: [UInt8] {
            guard let name else { return parent }
            if parent == [0x2E, 0] { return name.terminated }
            return parent.dropLast() + [0x2F] + name.terminated
        }

        /// The path as text, bytes that are not UTF-8 replaced: for people, not for system calls.
        public var description: String { String(decoding: bytes.dropLast(), as: UTF8.self) }

        private enum Kind { case nothing, parent, name }

        private static func kind(of component: Range<Int>, in bytes: [UInt8]) -> Kind {
            switch component.count {
            case 0: .nothing
            case 1 where bytes[component.lowerBound] == 0x2E: .nothing
            case 2 where bytes[component.lowerBound] == 0x2E && bytes[component.lowerBound + 1] == 0x2E: .parent
            default: .name
            }
        }

        private static func append(_ component: ArraySlice<UInt8>, to parent: inout [UInt8]) {
            parent.append(contentsOf: component)
            parent.append(0x2F)
        }
    }
}

extension UnsafeBufferPointer<CInterop.PlatformChar> {
    fileprivate var bytes: [UInt8] { map { UInt8(bitPattern: $0) } }
}
