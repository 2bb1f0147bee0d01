import NexcageSystem
import NexcageTesting
import OCISpec
import Testing

/// What somebody is told who types something wrong.
@Suite struct CommandLineTests {
    @Test(
        arguments: [
            (["crate"], 2, #"unknown verb "crate"; did you mean create?"#),
            (["sttae", "web"], 2, #"unknown verb "sttae"; did you mean state?"#),
            (["xyzzyxyzzy"], 2, #"unknown verb "xyzzyxyzzy"; see nexcage help"#),
            (["--rot", "/x", "list"], 2, #"nexcage: unknown flag "--rot"; did you mean --root?"#),
            (["create", "--bundel", "/x", "web"], 2, #"unknown flag "--bundel"; did you mean --bundle?"#),
            (["list", "--qiet"], 2, #"nexcage list: unknown flag "--qiet"; did you mean --quiet?"#),
            (["kill", "--sginal=9", "web"], 2, #"nexcage kill: unknown flag "--sginal=9"; did you mean --signal?"#),
            (["create", "--bundle"], 2, "flag needs an argument: --bundle"),
            (["state"], 2, "state needs <container-id>, 0 given; see nexcage state --help"),
            (["state", "a", "b"], 2, "state needs <container-id>, 2 given; see nexcage state --help"),
            (["list", "-f", "yaml"], 2, #"invalid format "yaml"; the formats are table and json"#),
            (["--log-format", "xml", "list"], 2, #"unknown log format "xml"; the formats are text and json"#),
            (
                ["--log-level", "loud", "list"], 2,
                #"unknown log level "loud"; the levels are debug, info, warning, error and fatal"#
            ),
            (["--rootless=maybe", "list"], 2, #"invalid value "maybe" for flag --rootless: true, false or auto"#),
            (["update", "web"], 2, "update needs --resources or at least one limit; see nexcage update --help"),
            (
                ["update", "--pids-limit", "many", "web"], 2,
                #"invalid value "many" for flag --pids-limit: expected a number"#
            ),
            (
                ["events", "--interval", "soon", "web"], 2,
                #"invalid value "soon" for flag --interval: expected a time such as 500ms, 10s or 2m"#
            ),
            (
                ["state", "../etc"], 1,
                #"invalid container id "../etc": use letters, digits, "_", "+", "-" and, not in front, ".""#
            ),
            (
                ["delete", "-f", "a/b"], 1,
                #"invalid container id "a/b": use letters, digits, "_", "+", "-" and, not in front, ".""#
            ),
            (["exec", "web"], 3, #"container "web" does not exist"#),
        ] as [([String], Int32, String)])
    func itIsOneLineWithTheNextStep(words: [String], code: Int32, message: String) throws {
        let scratch = try Scratch()
        let outcome = try scratch.nexcage(words)
        // `run` and `exec` answer for a program in a container.
        #expect(outcome.exitCode == (words.first == "exec" ? 125 : code))
        #expect(outcome.output == "")
        #expect(outcome.error == "nexcage: \(message)\n")
        #expect(!HostFile.exists(scratch.stateRoot))
    }

    @Test(arguments: [
        ["start"], ["state"], ["pause"], ["resume"], ["ps"], ["kill"], ["events", "--stats"],
        ["update", "--pids-limit", "5"],
    ])
    func anUnknownIdDoesNotExist(words: [String]) throws {
        let scratch = try Scratch()
        let outcome = try scratch.nexcage(words + ["web"])
        #expect(outcome.exitCode == 3)
        #expect(outcome.output == "")
        #expect(outcome.error == "nexcage: container \"web\" does not exist\n")
    }

    @Test(arguments: [["--help"], ["-h"], ["help"], []])
    func theHelpIsAResult(words: [String]) throws {
        let outcome = try Program.nexcage.run(words, in: "/dev/shm")
        #expect(outcome.exitCode == 0)
        #expect(outcome.error == "")
        #expect(outcome.output.hasSuffix("\n"))
        for verb in ["create", "checkpoint", "run", "stop", "info"] { #expect(outcome.output.contains("   \(verb) ")) }
    }

    @Test(arguments: [
        "create", "start", "exec", "checkpoint", "run", "stop", "route", "health", "info", "generate-config",
    ])
    func everyVerbHasAHelpWithItsName(verb: String) throws {
        for words in [[verb, "--help"], ["help", verb]] {
            let outcome = try Program.nexcage.run(words, in: "/dev/shm")
            #expect(outcome.exitCode == 0)
            #expect(outcome.error == "")
            #expect(outcome.output.contains("nexcage \(verb)"))
        }
    }

    @Test(arguments: [["--version"], ["-v"], ["version"]])
    func theVersionIsInRuncsShape(words: [String]) throws {
        let outcome = try Program.nexcage.run(words, in: "/dev/shm")
        #expect(outcome.exitCode == 0)
        #expect(outcome.output.hasPrefix("nexcage version 0."))
        #expect(outcome.output.contains("\nspec: 1."))
    }

    @Test func aFlagMayStandOnOneDashAndBeRepeated() throws {
        let scratch = try Scratch()
        let bundle = try TestBundle(in: scratch)
        try scratch.must("create", "-bundle", "/nowhere", "-bundle=\(bundle.path)", scratch.id())
        #expect(try scratch.state(scratch.id()).bundle == bundle.path.string)
    }
}
