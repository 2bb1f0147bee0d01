internal import NexcageCommandLine
internal import NexcageEngine
internal import NexcageSystem
internal import SystemPackage

/// One line on a terminal that says how far the unpacking is; nothing where nobody watches.
struct ProgressLine: Sendable {
    private let isShown = Terminal.isTerminal(.standardError)

    /// Shows a step.
    func show(_ progress: ImageProgress) {
        guard isShown else { return }
        let percent = progress.size > 0 ? min(100, progress.bytes * 100 / progress.size) : 100
        let isLast = progress.bytes >= progress.size && progress.layer == progress.layerCount
        let text = "\r\u{1B}[Kunpacking layer \(progress.layer) of \(progress.layerCount): \(percent) %"
        let line = Array((isLast ? "\r\u{1B}[K" : text).utf8)
        do throws(NexcageError) {
            try FileDescriptor.standardError.writeAll(line, name: "standard error")
        } catch {
            // Progress that nobody can see is no reason to stop.
        }
    }
}
