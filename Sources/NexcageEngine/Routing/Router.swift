public import NexcageRuntime
public import NexcageSystem

/// Chooses a backend: `--runtime`, else the annotation `nexcage.runtime`, else the first rule that matches, else the default.
public struct Router: Sendable {
    private let rules: [RoutingRule]
    private let fallback: RuntimeChoice

    /// A router by configuration; the built-in rules stand behind those of the file.
    public init(_ configuration: Configuration) {
        rules = configuration.routing + Configuration.builtInRouting
        fallback = configuration.defaultRuntime
    }

    /// The annotation by which a bundle chooses its backend.
    public static let runtimeAnnotation = "nexcage.runtime"

    /// Where engines write the name that a user knows a container by; the first that is there counts. Their ids are 64 hex
    /// digits, which no rule could match.
    private static let nameAnnotations = [
        "nexcage.name",
        "io.kubernetes.cri.container-name",
        "io.kubernetes.container.name",
        "io.kubernetes.cri.sandbox-name",
        "io.kubernetes.cri-o.Name",
        "io.podman.annotations.container-name",
    ]

    /// The name that rules go by.
    ///
    /// In a pod only the sandbox's name tells which workload it is (`cilium-x7k2p`); so that a pod's members land where its
    /// sandbox did, a rule that matches the sandbox's name decides for all of them.
    public static func names(explicit: String?, annotations: [String: String], id: String) -> [String] {
        if let explicit { return [explicit] }
        var names: [String] = []
        if let sandbox = annotations["io.kubernetes.cri.sandbox-name"] { names.append(sandbox) }
        for key in nameAnnotations {
            if let name = annotations[key], !names.contains(name) { names.append(name) }
        }
        return names.isEmpty ? [id] : names
    }

    /// Decides.
    ///
    /// - Parameters:
    ///   - explicit: what `--runtime` said.
    ///   - names: the names that rules go by; the first rule that matches one of them wins, names in order.
    public func route(
        explicit: RuntimeChoice?, annotations: [String: String], names: [String]
    ) throws(NexcageError) -> RouteDecision {
        if let explicit { return Self.decide(explicit, because: "--runtime says so") }
        if let word = annotations[Self.runtimeAnnotation] {
            do throws(NexcageError) {
                return Self.decide(try RuntimeChoice(word), because: "annotation \"\(Self.runtimeAnnotation)\" says so")
            } catch {
                throw error.wrapped("annotation \"\(Self.runtimeAnnotation)\"")
            }
        }
        for name in names {
            if let rule = rules.first(where: { $0.matches(name) }) {
                return Self.decide(
                    rule.runtime, because: "rule \(quoted(rule.pattern)) matches the name \(quoted(name))")
            }
        }
        return Self.decide(fallback, because: "no rule matches; it is the default")
    }

    /// `auto` is crun wherever nothing better is there; Proxmox nodes get their own backend with a later version.
    private static func decide(_ choice: RuntimeChoice, because reason: String) -> RouteDecision {
        switch choice {
        case .named(let name): RouteDecision(backend: name, reason: reason)
        case .automatic: RouteDecision(backend: .crun, reason: "\(reason); \"auto\" is crun on this host")
        }
    }
}

/// A chosen backend and why.
public struct RouteDecision: Sendable, Equatable {
    /// The backend.
    public let backend: BackendName
    /// Half a sentence for `nexcage route` and the log.
    public let reason: String
}
