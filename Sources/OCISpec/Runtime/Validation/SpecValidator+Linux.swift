extension SpecValidator {
    mutating func check(_ linux: LinuxSpec) {
        checkNamespaces(linux)
        for (index, device) in linux.devices.enumerated() { check(device, at: "linux.devices[\(index)]") }
        checkUnique(linux.devices.map(\.path), .devices) { "linux.devices[\($0)].path" }
        if let path = linux.cgroupsPath { checkText(path, at: "linux.cgroupsPath", .controlGroups) }
        if let rules = linux.resources?.devices { checkRules(rules) }
        for (name, value) in linux.sysctl.sorted(by: { $0.key < $1.key }) {
            checkSysctl(name, value)
        }
        if let seccomp = linux.seccomp { check(seccomp) }
        if let propagation = linux.rootfsPropagation, !propagation.isEmpty {
            let plain = propagation.utf8.first == UInt8(ascii: "r") ? propagation.dropFirst() : propagation[...]
            if !["shared", "slave", "private", "unbindable"].contains(plain) {
                report("linux.rootfsPropagation", "unknown propagation \(propagation.quoted)", .propagation)
            }
        }
        for (index, path) in linux.maskedPaths.enumerated() {
            checkAbsolute(path, at: "linux.maskedPaths[\(index)]", .maskedPaths)
        }
        for (index, path) in linux.readonlyPaths.enumerated() {
            checkAbsolute(path, at: "linux.readonlyPaths[\(index)]", .readonlyPaths)
        }
    }

    /// No kernel parameter needs other characters, and what reads on as a second setting is none (CVE-2022-0811).
    private mutating func checkSysctl(_ name: String, _ value: String) {
        let isName = name.utf8.allSatisfy { byte in
            switch UnicodeScalar(byte) {
            case "a"..."z", "A"..."Z", "0"..."9", ".", "/", "_", "-", ":": true
            default: false
            }
        }
        if name.isEmpty || !isName || name.split(separator: "/").contains("..") {
            report("linux.sysctl", "\(name.quoted) is not the name of a kernel parameter", .sysctl)
        }
        if value.utf8.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == UInt8(ascii: "+") || $0 == 0x7F }) {
            report("linux.sysctl[\(name.quoted)]", "\(value.quoted) is not one value", .sysctl)
        }
    }

    private mutating func checkNamespaces(_ linux: LinuxSpec) {
        checkUnique(linux.namespaces.map(\.kind.rawValue), .namespaces) { "linux.namespaces[\($0)].type" }
        for (index, namespace) in linux.namespaces.enumerated() {
            guard let path = namespace.path else { continue }
            checkAbsolute(path, at: "linux.namespaces[\(index)].path", .namespaces)
        }
        let kinds = linux.namespaces.map(\.kind)
        if !linux.uidMappings.isEmpty || !linux.gidMappings.isEmpty, !kinds.contains(.user) {
            report("linux.uidMappings", "set without a user namespace in linux.namespaces", .userMappings)
        }
        if !linux.timeOffsets.isEmpty, !kinds.contains(.time) {
            report("linux.timeOffsets", "set without a time namespace in linux.namespaces", .timeOffsets)
        }
        for clock in linux.timeOffsets.keys.sorted() where clock != "boottime" && clock != "monotonic" {
            report("linux.timeOffsets", "unknown clock \(clock.quoted)", .timeOffsets)
        }
    }

    private mutating func check(_ device: LinuxDevice, at keyPath: String) {
        checkAbsolute(device.path, at: keyPath + ".path", .devices)
        switch device.type {
        case "c", "b", "u":
            if device.major == nil || device.minor == nil {
                report(keyPath, "major and minor are required for type \(device.type.quoted)", .devices)
            }
        case "p": break
        default: report(keyPath + ".type", "unknown type \(device.type.quoted), expected c, b, u or p", .devices)
        }
    }

    private mutating func checkRules(_ rules: [LinuxDeviceRule]) {
        for (index, rule) in rules.enumerated() {
            let keyPath = "linux.resources.devices[\(index)]"
            if let type = rule.type, !["", "a", "b", "c"].contains(type) {
                report(keyPath + ".type", "unknown type \(type.quoted), expected a, b or c", .controlGroups)
            }
            if let access = rule.access, !access.allSatisfy("rwm".contains) {
                report(keyPath + ".access", "\(access.quoted) has letters other than r, w and m", .controlGroups)
            }
        }
    }

    private mutating func check(_ seccomp: LinuxSeccomp) {
        checkAction(seccomp.defaultAction, at: "linux.seccomp.defaultAction")
        for (index, rule) in seccomp.syscalls.enumerated() {
            let keyPath = "linux.seccomp.syscalls[\(index)]"
            checkAction(rule.action, at: keyPath + ".action")
            if rule.names.isEmpty { report(keyPath + ".names", "empty", .seccomp) }
            for argument in rule.args where argument.index > 5 {
                report(keyPath + ".args", "argument \(argument.index) is out of range 0...5", .seccomp)
            }
        }
    }

    private mutating func checkAction(_ action: String, at keyPath: String) {
        if !action.utf8.starts(with: "SCMP_ACT_".utf8) {
            report(keyPath, "\(action.quoted) does not begin with SCMP_ACT_", .seccomp)
        }
    }
}
