public import NexcageSystem
internal import OCISpec
public import SystemPackage

extension Configuration {
    /// The configuration of a file and of the environment, over the defaults.
    ///
    /// - Parameters:
    ///   - path: what `--config` names, which must exist; nil is ``defaultPath``, which need not.
    ///   - environment: looks up a variable.
    /// - Throws: `invalid`, naming the file, the line and the key, and for a key that nobody knows the nearest one.
    public static func load(
        from path: FilePath?, environment: (String) -> String? = Environment.value(of:)
    ) throws(NexcageError) -> Configuration {
        var configuration = Configuration()
        let file = path ?? defaultPath
        if path != nil || HostFile.exists(file) {
            let bytes: [UInt8]
            do throws(NexcageError) {
                bytes = try HostFile.read(file, limit: 1 << 20)
            } catch {
                throw error.wrapped("configuration")
            }
            do throws(NexcageError) {
                try configuration.apply(bytes)
            } catch {
                throw NexcageError(.invalid, "configuration \(quoted(file.string)): \(error)")
            }
        }
        // Building the table costs more than all else here, and hardly anybody sets one of its variables.
        if Environment.hasVariable(prefix: "NEXCAGE_") { try configuration.apply(environment: environment) }
        return configuration
    }

    mutating func apply(_ bytes: [UInt8]) throws(NexcageError) {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue.decode(bytes)
        } catch {
            throw NexcageError(.invalid, error.description)
        }
        guard let members = document.object else { throw NexcageError(.invalid, "expected an object") }
        try apply(members, section: "")
    }

    private mutating func apply(_ members: [JSONMember], section: String) throws(NexcageError) {
        for member in members {
            let path = section + member.name
            if let key = ConfigurationKey.all.first(where: { $0.path == path }) {
                do throws(NexcageError) {
                    try key.apply(&self, member.value)
                } catch {
                    throw error.wrapped("key \(quoted(path))")
                }
            } else if ConfigurationKey.all.contains(where: { $0.path.hasPrefix("\(path).") }) {
                guard let inner = member.value.object else {
                    throw NexcageError(.invalid, "key \(quoted(path)): expected an object")
                }
                try apply(inner, section: "\(path).")
            } else {
                throw Self.unknownKey(path)
            }
        }
    }

    mutating func apply(environment: (String) -> String?) throws(NexcageError) {
        for key in ConfigurationKey.all {
            guard let name = key.environmentName, let text = environment(name) else { continue }
            let value = key.type == .integer ? Int64(text).map { JSONValue.integer($0) } : .string(text)
            do throws(NexcageError) {
                try key.apply(&self, value ?? .string(text))
            } catch {
                throw error.wrapped("environment variable \(name)")
            }
        }
    }

    private static func unknownKey(_ path: String) -> NexcageError {
        let known = ConfigurationKey.all.map(\.path)
        guard let nearest = NearestWord.find(path, in: known) else {
            return NexcageError(.invalid, "unknown key \(quoted(path))")
        }
        return NexcageError(.invalid, "unknown key \(quoted(path)); did you mean \(quoted(nearest))?")
    }
}
