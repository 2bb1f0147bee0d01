import NexcageRuntime
import NexcageSystem
import Testing

@testable import NexcageEngine

@Suite struct RouterTests {
    private func router(
        default choice: RuntimeChoice = .automatic, _ rules: (String, RuntimeChoice)...
    ) throws -> Router {
        var configuration = Configuration()
        configuration.defaultRuntime = choice
        configuration.routing = try rules.map { (rule) throws(NexcageError) in
            try RoutingRule(pattern: rule.0, runtime: rule.1)
        }
        return Router(configuration)
    }

    private let annotated = [Router.runtimeAnnotation: "runc"]

    @Test func theFlagWinsOverAnnotationRuleAndDefault() throws {
        let router = try router(default: .named(.runc), ("*", .named(.runc)))
        let decision = try router.route(explicit: .named(.crun), annotations: annotated, names: ["web"])
        #expect(decision == RouteDecision(backend: .crun, reason: "--runtime says so"))
    }

    @Test func theAnnotationWinsOverRuleAndDefault() throws {
        let router = try router(("*", .named(.crun)))
        let decision = try router.route(explicit: nil, annotations: annotated, names: ["web"])
        #expect(decision.backend == .runc)
        #expect(decision.reason.contains(Router.runtimeAnnotation))
    }

    @Test func theFirstRuleThatMatchesWins() throws {
        let router = try router(("db-*", .named(.runc)), ("db-1", .named(.crun)))
        let decision = try router.route(explicit: nil, annotations: [:], names: ["db-1"])
        #expect(decision == RouteDecision(backend: .runc, reason: #"rule "db-*" matches the name "db-1""#))
    }

    @Test func theDefaultIsForNamesThatNoRuleMatches() throws {
        let router = try router(default: .named(.runc), ("db-*", .named(.crun)))
        #expect(try router.route(explicit: nil, annotations: [:], names: ["web"]).backend == .runc)
    }

    @Test(arguments: ["kube-ovn-cni-x", "cilium-x7k2p"])
    func infrastructureGoesToCrun(name: String) throws {
        let router = try router(default: .named(.runc))
        #expect(try router.route(explicit: nil, annotations: [:], names: [name]).backend == .crun)
    }

    @Test func rulesOfTheFileStandBeforeThoseBuiltIn() throws {
        let router = try router(("cilium-*", .named(.runc)))
        #expect(try router.route(explicit: nil, annotations: [:], names: ["cilium-1"]).backend == .runc)
    }

    @Test func aWrongAnnotationIsNamed() throws {
        let error = #expect(throws: NexcageError.self) {
            try router().route(explicit: nil, annotations: [Router.runtimeAnnotation: "a/b"], names: ["web"])
        }
        #expect(error?.description.hasPrefix("annotation \"nexcage.runtime\": ") == true)
    }

    @Test func theNameIsTheFlagElseAnAnnotationElseTheId() {
        let pod = ["io.kubernetes.cri.container-name": "agent"]
        #expect(Router.names(explicit: "web", annotations: pod, id: "0f") == ["web"])
        #expect(Router.names(explicit: nil, annotations: pod, id: "0f") == ["agent"])
        #expect(Router.names(explicit: nil, annotations: [:], id: "0f") == ["0f"])
    }

    @Test func sandboxAndContainersOfAPodLandOnOneBackend() throws {
        let router = try router(default: .named(.crun), ("cilium-*", .named(.runc)))
        let sandbox = ["io.kubernetes.cri.sandbox-name": "cilium-x7k2p"]
        let member = sandbox.merging(["io.kubernetes.cri.container-name": "kube-ovn-agent"]) { $1 }
        for annotations in [sandbox, member] {
            let names = Router.names(explicit: nil, annotations: annotations, id: "0f")
            #expect(try router.route(explicit: nil, annotations: annotations, names: names).backend == .runc)
        }
    }
}
