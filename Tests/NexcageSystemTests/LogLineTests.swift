import Glibc
import Logging
import SystemPackage
import Testing

@testable import NexcageSystem

@Suite struct LogLineTests {
    private let time = Timestamp(seconds: 0)

    @Test func theJSONFormIsWhatContainerdReads() {
        let line = LogFormat.json.line(.error, "a \"b\"\n\u{1}c", ["code": "usage"], at: time)
        #expect(
            line
                == #"{"level":"error","msg":"a \"b\"\n\u0001c","time":"1970-01-01T00:00:00.000000000Z","code":"usage"}"#
                + "\n")
    }

    @Test func theTextFormIsRuncs() {
        let line = LogFormat.text.line(.warning, "two\nlines", ["b": "2", "a": "1"], at: time)
        #expect(line == #"time="1970-01-01T00:00:00.000000000Z" level=warning msg="two\nlines" a="1" b="2""# + "\n")
    }

    @Test(arguments: [
        ("trace", "debug"), ("debug", "debug"), ("INFO", "info"), ("notice", "info"), ("warn", "warning"),
        ("warning", "warning"), ("error", "error"), ("fatal", "fatal"), ("panic", "fatal"),
    ])
    func aLevelIsReadByAnyRuntimesWord(word: String, shown: String) throws {
        #expect(try Logger.Level(named: word).engineName == shown)
    }

    @Test func anUnknownLevelIsRefused() {
        let error = #expect(throws: NexcageError.self) { try Logger.Level(named: "loud") }
        #expect(error?.code == .usage)
    }

    @Test func aLoggerAppendsToItsFile() throws {
        let scratch = try SystemScratch()
        let file = scratch.path.appending("log")
        for number in 1...2 {
            let handler = try DescriptorLogHandler(appendingTo: file, format: .text, level: .info)
            let logger = Logger(label: "test") { _ in handler }
            logger.debug("not shown")
            logger.info("line \(number)")
        }
        let lines = String(decoding: try HostFile.read(file), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.last?.hasSuffix(#"level=info msg="line 2""#) == true)
    }
}
