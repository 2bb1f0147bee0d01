extension RuntimeSpec {
    /// Checks what the values mean, where decoding has only checked their types.
    ///
    /// - Returns: every violation, in the order of the document; empty for a configuration that can be tried. What only
    ///   the host can tell (a missing file, a missing kernel feature) is not looked at.
    public func validate() -> [SpecViolation] {
        var validator = SpecValidator()
        validator.check(self)
        return validator.violations
    }
}

extension ProcessSpec {
    /// Checks a process document by itself, as `exec --process` receives it; see ``RuntimeSpec/validate()``.
    public func validate() -> [SpecViolation] {
        var validator = SpecValidator()
        validator.check(self, at: "process")
        return validator.violations
    }
}
