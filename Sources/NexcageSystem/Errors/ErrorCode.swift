public import SystemPackage

/// The kinds of failure that callers tell apart. The raw value is what `--log-format json` prints as `code`.
public enum ErrorCode: String, Sendable, CaseIterable {
    /// The command line is wrong.
    case usage
    /// A value, document or configuration is wrong.
    case invalid
    /// The named container, image or file does not exist.
    case notFound = "not-found"
    /// The name is taken.
    case alreadyExists = "already-exists"
    /// The container is not in a state that allows this.
    case wrongState = "wrong-state"
    /// The backend cannot do this at all.
    case unsupported
    /// Something that could be installed, mounted or started is missing; a retry may help then.
    case unavailable
    /// Content does not have the digest, size or diff_id that it should have, or tries to leave its root.
    case integrity
    /// The kernel or a policy refused it.
    case permission
    /// Another process holds the lock, or it took too long.
    case busy
    /// A command in a container was found but cannot be run.
    case notExecutable = "not-executable"
    /// A command in a container was not found.
    case commandNotFound = "command-not-found"
    /// Everything else that failed: the kernel, a disk, another program.
    case failed

    /// The kind that an error number belongs to.
    public init(_ errno: Errno) {
        switch errno {
        case .noSuchFileOrDirectory: self = .notFound
        case .fileExists: self = .alreadyExists
        case .permissionDenied, .notPermitted: self = .permission
        case .resourceBusy, .wouldBlock: self = .busy
        case .invalidArgument: self = .invalid
        default: self = .failed
        }
    }

    /// The exit code of every verb but `run` and `exec`, which answer 125 to 127 (docs/exit-codes.md).
    public var exitStatus: Int32 {
        switch self {
        case .usage: 2
        case .notFound: 3
        case .permission, .integrity: 4
        case .unavailable, .busy: 5
        default: 1
        }
    }

    /// The exit code of `run` and `exec`, as docker has them: everything below 125 belongs to the container.
    public var exitStatusOfRun: Int32 {
        switch self {
        case .notExecutable: 126
        case .commandNotFound: 127
        default: 125
        }
    }
}
