internal import NexcageEngine
internal import NexcageRuntime
internal import NexcageSystem
internal import OCISpec

/// `version` and `--version`.
enum Version {
    /// Prints what podman and scripts look for in the first lines: name, version, spec.
    static func print() throws(NexcageError) -> Int32 {
        var text = "nexcage version \(Engine.version)\nspec: \(RuntimeSpec.currentVersion)\n"
        if LibcrunBackend.isBuiltIn { text += "libcrun: \(LibcrunBackend.version)\n" }
        try StandardOutput.write(text)
        return 0
    }
}
