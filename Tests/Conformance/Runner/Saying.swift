import NexcageSystem
import SystemPackage

/// Prints a line at once, so that whoever reads sees how far the run is.
func say(_ line: String) throws {
    try FileDescriptor.standardOutput.writeAll(Array("\(line)\n".utf8), name: "standard output")
}
