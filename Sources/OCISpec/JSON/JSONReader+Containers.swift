extension JSONReader {
    /// Enters an object. Follow with ``nextKey()`` until it returns nil.
    ///
    /// - Returns: the offset of the opening brace, for ``required(_:_:at:)``.
    @discardableResult
    public mutating func beginObject() throws(JSONError) -> Int {
        try begin(UInt8(ascii: "{"), isArray: false, expected: "an object")
    }

    /// The name of the next member, nil after the last one.
    ///
    /// A member whose value is null is passed over: null means absent. The caller must read or ``skip()`` the value of
    /// every key it is given.
    public mutating func nextKey() throws(JSONError) -> JSONKey? {
        while let key = try nextKeyOrNull() {
            guard current == UInt8(ascii: "n") else { return key }
            try null()
        }
        return nil
    }

    /// Enters an array. Follow with ``nextElement()`` before each element, until it returns false.
    public mutating func beginArray() throws(JSONError) {
        _ = try begin(UInt8(ascii: "["), isArray: true, expected: "an array")
    }

    /// Whether another element follows, which the caller must then read or ``skip()``.
    public mutating func nextElement() throws(JSONError) -> Bool {
        guard try advance(to: UInt8(ascii: "]")) else { return false }
        frames[frames.count - 1].index += 1
        skipWhitespace()
        return true
    }

    /// Passes over one value of any kind, checking its syntax.
    public mutating func skip() throws(JSONError) {
        skipWhitespace()
        switch current {
        case UInt8(ascii: "{"):
            try beginObject()
            while try nextKeyOrNull() != nil { try skip() }
        case UInt8(ascii: "["):
            try beginArray()
            while try nextElement() { try skip() }
        case UInt8(ascii: "\""):
            let raw = try scanString()
            if raw.hasEscapes { _ = try unescape(raw.range) }
        case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try bool()
        case UInt8(ascii: "n"): try null()
        default: _ = try scanNumber(expected: "a value")
        }
    }

    /// As ``nextKey()``, but with the members whose value is null; the position is at the value.
    mutating func nextKeyOrNull() throws(JSONError) -> JSONKey? {
        frames[frames.count - 1].keyRange = 0..<0
        guard try advance(to: UInt8(ascii: "}")) else { return nil }
        skipWhitespace()
        guard current == UInt8(ascii: "\"") else { throw error("expected a member name, found \(found)") }
        let raw = try scanString()
        let unescaped = raw.hasEscapes ? try unescape(raw.range) : nil
        frames[frames.count - 1].keyRange = raw.range
        skipWhitespace()
        guard current == UInt8(ascii: ":") else { throw error("expected \":\", found \(found)") }
        position += 1
        skipWhitespace()
        guard let base = bytes.baseAddress else { throw error("expected a value, found \(found)") }
        return JSONKey(start: base + raw.range.lowerBound, count: raw.range.count, unescaped: unescaped)
    }

    private mutating func begin(
        _ opening: UInt8, isArray: Bool, expected: StaticString
    ) throws(JSONError) -> Int {
        skipWhitespace()
        guard current == opening else { throw error("expected \(expected), found \(found)") }
        guard frames.count < Self.maximumDepth else {
            throw error("nested deeper than \(Self.maximumDepth) levels")
        }
        let start = position
        position += 1
        frames.append(Frame(isArray: isArray))
        return start
    }

    /// Moves past the comma before an element, or past the closing byte; false means that the container has ended.
    private mutating func advance(to closing: UInt8) throws(JSONError) -> Bool {
        let isFirst = frames[frames.count - 1].isFirst
        skipWhitespace()
        if current == closing {
            position += 1
            frames.removeLast()
            return false
        }
        if isFirst {
            frames[frames.count - 1].isFirst = false
        } else {
            guard current == UInt8(ascii: ",") else {
                throw error("expected \",\" or \"\(Character(UnicodeScalar(closing)))\", found \(found)")
            }
            position += 1
        }
        return true
    }
}
