/// Disk bandwidth.
public struct LinuxBlockIO: Equatable, Sendable {
    /// Weight against other cgroups, 10 to 1000.
    public var weight: UInt16?
    /// Weight of the cgroup's own tasks against its children; cgroup v1.
    public var leafWeight: UInt16?
    /// Weights, by device.
    public var weightDevice: [LinuxWeightDevice] = []
    /// Bytes read a second, by device.
    public var throttleReadBpsDevice: [LinuxThrottleDevice] = []
    /// Bytes written a second, by device.
    public var throttleWriteBpsDevice: [LinuxThrottleDevice] = []
    /// Reads a second, by device.
    public var throttleReadIOPSDevice: [LinuxThrottleDevice] = []
    /// Writes a second, by device.
    public var throttleWriteIOPSDevice: [LinuxThrottleDevice] = []

    /// No limits.
    public init() {}
}

extension LinuxBlockIO: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "weight": weight = try reader.value()
            case "leafWeight": leafWeight = try reader.value()
            case "weightDevice": weightDevice = try reader.value()
            case "throttleReadBpsDevice": throttleReadBpsDevice = try reader.value()
            case "throttleWriteBpsDevice": throttleWriteBpsDevice = try reader.value()
            case "throttleReadIOPSDevice": throttleReadIOPSDevice = try reader.value()
            case "throttleWriteIOPSDevice": throttleWriteIOPSDevice = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("weight", weight)
        writer.member("leafWeight", leafWeight)
        writer.member("weightDevice", unlessEmpty: weightDevice)
        writer.member("throttleReadBpsDevice", unlessEmpty: throttleReadBpsDevice)
        writer.member("throttleWriteBpsDevice", unlessEmpty: throttleWriteBpsDevice)
        writer.member("throttleReadIOPSDevice", unlessEmpty: throttleReadIOPSDevice)
        writer.member("throttleWriteIOPSDevice", unlessEmpty: throttleWriteIOPSDevice)
        writer.endObject()
    }
}
