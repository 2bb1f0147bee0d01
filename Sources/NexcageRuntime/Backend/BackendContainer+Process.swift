internal import Glibc
internal import NexcageSystem
internal import SystemPackage

extension BackendContainer {
    /// Sends a signal to the first process, pinned by pidfd and start time.
    ///
    /// - Throws: `wrongState` with the words that engines match on, `container not running`.
    func signalInit(_ signal: Signal) throws(NexcageError) {
        guard let process else { throw NexcageError(.wrongState, "container not running") }
        do throws(NexcageError) {
            try process.send(signal)
        } catch let error where error.code == .wrongState {
            throw NexcageError(.wrongState, "container not running")
        }
    }
}

extension ProcessIdentity {
    /// The process whose number a runtime left in a pid file.
    ///
    /// - Throws: `failed` if the file holds no number or the process has ended already.
    init(readingPidFile path: FilePath) throws(NexcageError) {
        let text = String(decoding: try HostFile.read(path, limit: 32), as: UTF8.self)
        guard let pid = Int32(text.prefix { $0.isNumber }), pid > 0 else {
            throw NexcageError(.failed, "pid file \(quoted(path.string)) does not hold a process id")
        }
        try self.init(of: pid)
    }
}
