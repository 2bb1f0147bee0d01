/// How Docker finds out whether a container still works.
public struct ImageHealthcheck: Equatable, Sendable {
    /// `NONE`, or `CMD` or `CMD-SHELL` and the command.
    public var test: [String] = []
    /// Nanoseconds between checks.
    public var interval: Int64?
    /// Nanoseconds that a check may take.
    public var timeout: Int64?
    /// Nanoseconds at the start in which failures do not count.
    public var startPeriod: Int64?
    /// Nanoseconds between checks in the start period.
    public var startInterval: Int64?
    /// Failures after which the container counts as broken.
    public var retries: Int64?

    /// A check that is inherited.
    public init() {}
}

extension ImageHealthcheck: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "Test": test = try reader.value()
            case "Interval": interval = try reader.value()
            case "Timeout": timeout = try reader.value()
            case "StartPeriod": startPeriod = try reader.value()
            case "StartInterval": startInterval = try reader.value()
            case "Retries": retries = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("Test", unlessEmpty: test)
        writer.member("Interval", interval)
        writer.member("Timeout", timeout)
        writer.member("StartPeriod", startPeriod)
        writer.member("StartInterval", startInterval)
        writer.member("Retries", retries)
        writer.endObject()
    }
}
