internal import NexcageSystem

/// Tells the `run` and `create` of an engine, which name a bundle, from those of a person, who names an image.
///
/// `-b`/`--bundle`, or a config.json in the working directory, mean a bundle; everything else means an image
/// (docs/adr/0003). An engine always passes one or stands in the bundle, and a person has no config.json at hand.
package enum BundleOrImage {
    static func isBundle(_ words: ArraySlice<String>, _ verb: VerbSpec) throws(NexcageError) -> Bool {
        // Indices and no zip(): a generic type of the library's costs a cold process half a millisecond.
        for index in words.startIndex..<words.endIndex {
            let word = words[index]
            if word == "--" { break }
            guard word.hasPrefix("-") else {
                // The value of a flag is no operand; what follows the first operand may be the container's own words.
                if index > words.startIndex, takesValue(words[index - 1], verb) { continue }
                break
            }
            let name = word.drop { $0 == "-" }.prefix { $0 != "=" }
            if name == "bundle" || name == "b" { return true }
        }
        return HostFile.exists(try HostDirectory.current().appending("config.json"))
    }

    /// Whether a word is a flag whose value is the next word. Image flags count as taking one, so that their values are
    /// passed over too.
    private static func takesValue(_ word: String, _ verb: VerbSpec) -> Bool {
        guard word.hasPrefix("-"), !word.contains("=") else { return false }
        let name = word.drop { $0 == "-" }
        if let option = verb.options.first(where: { $0.isNamed(name) }) { return option.value != nil }
        return imageFlagsWithValue.contains(String(name))
    }

    /// The flags of an image whose value is the next word.
    package static let imageFlagsWithValue: Set<String> = [
        "name", "e", "env", "w", "workdir", "u", "user", "v", "volume", "m", "memory", "cpus", "pids-limit", "hostname",
        "entrypoint", "runtime", "network", "annotation", "cap-add", "cap-drop",
    ]
}
