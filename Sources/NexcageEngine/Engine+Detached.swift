public import NexcageRuntime
public import NexcageSystem
public import SystemPackage

extension Engine {
    /// Creates and starts a container from an image in a background process, which becomes its monitor: it keeps the
    /// terminal, if there is one, records the exit code, and removes the container if the request says so.
    ///
    /// - Parameters:
    ///   - background: the process that this is, see ``BackgroundProcess/begin()``.
    ///   - removal: the command line that removes the container; run at its end if the request says so.
    /// - Throws: what kept the container from running; it is gone then.
    public func runDetached(
        _ request: ImageRequest, in background: consuming BackgroundProcess, removal: [String]
    ) throws(NexcageError) -> Never {
        let monitor = try ProcessImage.companion("nexcage-monitor")
        let terminal = request.options.terminal ? try createWithTerminal(request).release() : nil
        if terminal == nil { try create(request) }
        guard let process = try store.read(request.id).process else {
            throw NexcageError(.failed, "container \"\(request.id)\" has no process after its creation")
        }
        try startOrDelete(request.id)
        context.reached(.runStarted)
        try terminal?.passOn()
        let arguments = [
            "\(process.pid)", imageStore.exitFile(of: request.id).string, "\(terminal?.rawValue ?? -1)",
            imageStore.outputFile(of: request.id).string,
        ]
        try background.become(monitor, arguments + (request.removesItself ? removal : []))
    }

    /// - Returns: our side of the terminal.
    private func createWithTerminal(_ request: ImageRequest) throws(NexcageError) -> OwnedDescriptor {
        let socket = try listenForConsole()
        try StandardStreams.restoring { () throws(NexcageError) in
            _ = try make(request, consoleSocket: socket.path) { (_) throws(NexcageError) in
                try StandardStreams.redirect(input: nil, output: nil)
            }
        }
        do throws(NexcageError) {
            let terminal = try socket.receive()
            // The monitor appends to it; there from the start, so that nobody asks for it in vain.
            try HostFile.replace(imageStore.outputFile(of: request.id), with: [], durability: .boot)
            return terminal
        } catch {
            throw deleting(request.id, after: error)
        }
    }

    /// What a detached container has written so far.
    ///
    /// - Throws: `notFound` for an id that nobody has, `unsupported` for a container whose output goes elsewhere.
    public func outputFile(of id: ContainerID) throws(NexcageError) -> FilePath {
        let record = try store.read(id)
        let file = imageStore.outputFile(of: id)
        guard record.image != nil, HostFile.exists(file) else {
            throw NexcageError(
                .unsupported, "container \"\(id)\" has no log: the output of its process went to who created it")
        }
        return file
    }

    /// The exit code of a detached container's first process, 128 + n after signal n; nil as long as it runs, and where
    /// nobody has seen its end.
    func exitCode(of record: ContainerRecord) throws(NexcageError) -> Int32? {
        let file = imageStore.exitFile(of: record.id)
        guard record.image != nil, HostFile.exists(file) else { return nil }
        let text = String(decoding: try HostFile.read(file), as: UTF8.self)
        return Int32(text.prefix { $0 != "\n" })
    }
}
