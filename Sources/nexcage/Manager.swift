internal import NexcageCommandLine
internal import NexcageSystem

/// Everything but the OCI verbs: another program's work, which can load shared libraries and does not have to start in a
/// quarter of a millisecond (docs/adr/0004).
enum Manager: OtherVerbs {
    static let loadsLibraries = false

    static func help(_ words: ArraySlice<String>) throws(NexcageError) -> Int32 {
        try ProcessImage.handOver()
    }

    static func run(
        _ verb: String, _ words: ArraySlice<String>, _ invocation: Invocation
    ) throws(NexcageError) -> Int32 {
        try ProcessImage.handOver()
    }
}
