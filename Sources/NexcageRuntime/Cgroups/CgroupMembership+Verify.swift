public import NexcageSystem
public import OCISpec
internal import SystemPackage

extension CgroupMembership {
    /// Reads limits back from the kernel.
    ///
    /// - Throws: `failed`, naming the first limit that is not what was asked for, with the value that was found.
    public func verify(_ resources: LinuxResources) throws(NexcageError) {
        let expectations = resources.v1Expectations.filter { v1Directory(of: $0.controller) != nil }
        for expectation in expectations {
            if let folder = v1Directory(of: expectation.controller) { try verify(expectation, in: folder) }
        }
        guard let unified else { return }
        for expectation in resources.v2Expectations where v1Directory(of: expectation.controller) == nil {
            try verify(expectation, in: unified)
        }
    }

    private func verify(_ expectation: LimitExpectation, in folder: FilePath) throws(NexcageError) {
        var found: String?
        // A container's first process may have moved into a group of its own below the one that has the limits, as
        // systemd does.
        for level in [folder, folder.removingLastComponent()] {
            guard let text = Self.content(of: expectation.files, in: level) else { continue }
            if expectation.isMet(by: text) { return }
            found = found ?? text
        }
        // Without the file there is no limit, as where the kernel does not count swap.
        if found == nil, case .unlimited = expectation.value { return }
        throw NexcageError(
            .failed,
            "\(expectation.member) was set to \(expectation.wanted), but the kernel has "
                + (found.map { "\($0) in " } ?? "no ") + expectation.files[0])
    }

    private static func content(of files: [String], in folder: FilePath) -> String? {
        for file in files {
            guard let text = CgroupFile(folder.appending(file)).text() else { continue }
            return text.hasSuffix("\n") ? String(text.dropLast()) : text
        }
        return nil
    }
}
