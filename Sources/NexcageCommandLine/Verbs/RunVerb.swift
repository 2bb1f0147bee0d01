internal import NexcageSystem

/// `run`: create, start, and in the foreground wait and delete.
enum RunVerb: OCIVerb {
    static let spec = VerbSpec(
        name: "run", operands: "<container-id>", summary: "create and start a container from a bundle or an image",
        options: BundleOptions.options + [
            .flag("detach", "d", "return as soon as it runs"),
            .flag("keep", nil, "do not delete the container after its end"),
            .flag("no-subreaper", nil, "accepted for runc's callers; a foreground run has to be one"),
        ],
        examples: ["nexcage run --bundle /srv/web web", "nexcage run --rm -it oci:/srv/images/busybox sh"])

    static func run(_ arguments: ParsedArguments, _ invocation: Invocation) throws(NexcageError) -> Int32 {
        try invocation.engine.run(
            try BundleOptions.request(arguments, invocation), detached: arguments.has("detach"),
            keep: arguments.has("keep"))
    }
}
