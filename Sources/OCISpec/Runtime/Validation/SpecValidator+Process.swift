extension SpecValidator {
    mutating func check(_ process: ProcessSpec, at keyPath: String) {
        checkText(process.args, at: keyPath + ".args", .posixProcess)
        if process.args.isEmpty {
            report(keyPath + ".args", "missing or empty", .posixProcess)
        } else if process.args.first == "" {
            report(keyPath + ".args[0]", "the program's name is empty", .posixProcess)
        }
        checkText(process.env, at: keyPath + ".env", .process)
        checkAbsolute(process.cwd, at: keyPath + ".cwd", .process)
        checkLimits(process.rlimits, at: keyPath + ".rlimits")
        if let score = process.oomScoreAdj, !(-1000...1000 ~= score) {
            report(keyPath + ".oomScoreAdj", "\(score) is out of range -1000...1000", .linuxProcess)
        }
        if let scheduler = process.scheduler { check(scheduler, at: keyPath + ".scheduler") }
        if let priority = process.ioPriority { check(priority, at: keyPath + ".ioPriority") }
    }

    private mutating func checkLimits(_ limits: [ResourceLimit], at keyPath: String) {
        for (index, limit) in limits.enumerated() {
            if !limit.type.utf8.starts(with: "RLIMIT_".utf8) {
                report("\(keyPath)[\(index)].type", "\(limit.type.quoted) does not begin with RLIMIT_", .posixProcess)
            }
            if limit.soft > limit.hard {
                report(
                    "\(keyPath)[\(index)].soft", "\(limit.soft) is above the hard limit \(limit.hard)", .posixProcess)
            }
        }
        checkUnique(limits.map(\.type), .posixProcess) { "\(keyPath)[\($0)].type" }
    }

    private mutating func check(_ scheduler: SchedulerSpec, at keyPath: String) {
        let policies = [
            "SCHED_OTHER", "SCHED_FIFO", "SCHED_RR", "SCHED_BATCH", "SCHED_ISO", "SCHED_IDLE", "SCHED_DEADLINE",
        ]
        if !policies.contains(scheduler.policy) {
            report(keyPath + ".policy", "unknown policy \(scheduler.policy.quoted)", .linuxProcess)
        }
        if let nice = scheduler.nice, !(-20...19 ~= nice) {
            report(keyPath + ".nice", "\(nice) is out of range -20...19", .linuxProcess)
        }
    }

    private mutating func check(_ priority: IOPrioritySpec, at keyPath: String) {
        if !["IOPRIO_CLASS_RT", "IOPRIO_CLASS_BE", "IOPRIO_CLASS_IDLE"].contains(priority.ioClass) {
            report(keyPath + ".class", "unknown class \(priority.ioClass.quoted)", .linuxProcess)
        }
        if !(0...7 ~= priority.priority) {
            report(keyPath + ".priority", "\(priority.priority) is out of range 0...7", .linuxProcess)
        }
    }
}
