internal import OCISpec

extension ConfigurationKey {
    /// docs/configuration.md.
    public static func markdown() -> String {
        var text = """
            # Configuration

            nexcage reads `/etc/nexcage/config.json`, or the file that `--config` names; it need not exist, and one in the
            working directory is never read. What stands further right wins: defaults, file, environment, flags.
            An unknown key is an error that names the nearest known one. Plain values can be set by the environment too.

            This page is made by `make docs` from the table that the file is read by.

            | key | type | default | meaning | environment |
            |---|---|---|---|---|

            """
        for key in all {
            let fallback = key.fallback.isEmpty ? "" : "`\(key.fallback)`"
            let variable = key.environmentName.map { "`\($0)`" } ?? ""
            text += "| `\(key.path)` | \(key.type.rawValue) | \(fallback) | \(key.help) | \(variable) |\n"
        }
        return text
    }

    /// A JSON schema (draft 2020-12) of the file.
    public static func schema() -> [UInt8] {
        var writer = JSONWriter(style: .pretty)
        writer.beginObject()
        writer.member("$schema", "https://json-schema.org/draft/2020-12/schema")
        writer.member("title", "nexcage configuration")
        encodeProperties(section: "", to: &writer)
        writer.endObject()
        return writer.bytes + [0x0A]
    }

    /// The members of an object schema: the keys of a section, and its sub-sections.
    private static func encodeProperties(section: String, to writer: inout JSONWriter) {
        writer.member("type", "object")
        writer.key("additionalProperties")
        writer.bool(false)
        writer.key("properties")
        writer.beginObject()
        var sections: [String] = []
        for key in all where key.path.hasPrefix(section) {
            let rest = key.path.dropFirst(section.count)
            guard let dot = rest.firstIndex(of: ".") else {
                writer.key(String(rest))
                key.encodeSchema(to: &writer)
                continue
            }
            let name = String(rest[..<dot])
            guard !sections.contains(name) else { continue }
            sections.append(name)
            writer.key(name)
            writer.beginObject()
            encodeProperties(section: "\(section)\(name).", to: &writer)
            writer.endObject()
        }
        writer.endObject()
    }

    private func encodeSchema(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", type.rawValue)
        writer.member("description", help)
        writer.endObject()
    }
}
