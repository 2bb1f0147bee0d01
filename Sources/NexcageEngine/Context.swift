public import Logging
public import NexcageSystem
internal import SystemPackage

/// What an engine works with; handed down by argument, so that a test can hand in its own.
public struct Context: Sendable {
    /// The configuration with file, environment and flags merged.
    public var configuration: Configuration
    /// For people and tools; never the result.
    public var logger: Logger
    /// The door to other programs.
    public var runner: any CommandRunner
    /// Where a debugging session wants the process to die.
    public var debugStop: DebugStop?
    /// Whether this program can load shared libraries (docs/adr/0004); where it cannot, the one that can takes over.
    public var loadsLibraries = true

    /// A context of the real host.
    public init(configuration: Configuration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        runner = LiveCommandRunner()
        debugStop = DebugStop.requested()
    }

    /// To be called before the backend talks to systemd for a container: goes on in the program that can do that, if this
    /// one cannot. Nothing may have been done that must not be done twice.
    func prepareSystemd(for record: ContainerRecord) throws(NexcageError) {
        if record.systemdCgroup, !loadsLibraries { try ProcessImage.handOver() }
    }

    /// To be called between two steps of a verb: `NEXCAGE_DEBUG_STOP` can end the process here, as a crash would.
    func reached(_ step: DebugStop) {
        if debugStop == step { step.die() }
    }
}
