extension SpecValidator {
    mutating func check(_ spec: RuntimeSpec) {
        checkVersion(spec.ociVersion)
        if let process = spec.process { check(process, at: "process") }
        if let root = spec.root {
            if root.path.isEmpty { report("root.path", "missing or empty", .root) }
            checkText(root.path, at: "root.path", .root)
        } else {
            report("root", "missing", .root)
        }
        checkName(spec.hostname, at: "hostname", .hostname, spec)
        checkName(spec.domainname, at: "domainname", .domainname, spec)
        for (index, mount) in spec.mounts.enumerated() { check(mount, at: "mounts[\(index)]") }
        if let hooks = spec.hooks { check(hooks) }
        for name in spec.annotations.keys.sorted() where name.isEmpty {
            report("annotations", "a name is empty", .annotations)
        }
        if let linux = spec.linux { check(linux) }
    }

    private mutating func checkVersion(_ version: String) {
        if version.isEmpty {
            report("ociVersion", "missing or empty", .version)
        } else if !isSemanticVersion(version) {
            report("ociVersion", "\(version.quoted) is not a semantic version", .version)
        } else if !version.utf8.starts(with: "1.".utf8) {
            report("ociVersion", "\(version.quoted) is not supported, expected 1.x", .version)
        }
    }

    /// MAJOR.MINOR.PATCH with an optional `-pre.release` and `+build` (semver.org 2.0.0).
    private func isSemanticVersion(_ version: String) -> Bool {
        let core = version.utf8.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }
        let numbers = core.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let suffix = version.utf8.dropFirst(core.count)
        return numbers.count == 3
            && numbers.allSatisfy { number in
                !number.isEmpty && number.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
                    && (number.count == 1 || number.first != UInt8(ascii: "0"))
            }
            && suffix.count != 1
            && suffix.allSatisfy { byte in
                switch UnicodeScalar(byte) {
                case "a"..."z", "A"..."Z", "0"..."9", "-", "+", ".": true
                default: false
                }
            }
    }

    /// A name that sethostname(2) or setdomainname(2) is to set, in a UTS namespace of the container's own.
    private mutating func checkName(
        _ name: String?, at keyPath: String, _ section: SpecSection, _ spec: RuntimeSpec
    ) {
        guard let name, !name.isEmpty else { return }
        if name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            report(keyPath, "\(name.quoted) contains a control character", section)
        }
        if name.utf8.count > 64 { report(keyPath, "\(name.quoted) is longer than 64 bytes", section) }
        if let linux = spec.linux, !linux.namespaces.contains(where: { $0.kind == .uts }) {
            report(keyPath, "set without a UTS namespace in linux.namespaces", section)
        }
    }

    private mutating func check(_ mount: MountSpec, at keyPath: String) {
        checkAbsolute(mount.destination, at: keyPath + ".destination", .mounts)
        if let source = mount.source { checkText(source, at: keyPath + ".source", .mounts) }
        if let type = mount.type { checkText(type, at: keyPath + ".type", .mounts) }
        checkText(mount.options, at: keyPath + ".options", .mounts)
        checkBelowProc(mount, at: keyPath)
        if mount.uidMappings.isEmpty != mount.gidMappings.isEmpty {
            report(keyPath, "uidMappings and gidMappings must be given together", .mounts)
        }
    }

    private mutating func check(_ hooks: Hooks) {
        for (name, list) in hooks.byName {
            for (index, hook) in list.enumerated() {
                let keyPath = "hooks.\(name)[\(index)]"
                checkAbsolute(hook.path, at: keyPath + ".path", .hooks)
                checkText(hook.args, at: keyPath + ".args", .hooks)
                checkText(hook.env, at: keyPath + ".env", .hooks)
                if let timeout = hook.timeout, timeout <= 0 {
                    report(keyPath + ".timeout", "\(timeout) is not greater than zero", .hooks)
                }
            }
        }
    }
}
