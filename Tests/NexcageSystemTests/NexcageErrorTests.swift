import SystemPackage
import Testing

@testable import NexcageSystem

@Suite struct NexcageErrorTests {
    @Test func theLineReadsFromTheOutsideIn() {
        let error = NexcageError(.notFound, "it is missing").wrapped("open \"x\"").wrapped("create container \"web\"")
        #expect(error.description == #"create container "web": open "x": it is missing"#)
        #expect(error.message == "it is missing")
        #expect(error.code == .notFound)
    }

    @Test func anErrorNumberBecomesASentence() {
        let error = NexcageError.system("open", "/x\ny", .noSuchFileOrDirectory)
        #expect(error.description == #"open "/x\ny": no such file or directory"#)
        #expect(error.code == .notFound)
        #expect(NexcageError.system("sync", nil, .ioError).description == "sync: input/output error")
    }

    @Test(arguments: [
        (Errno.noSuchFileOrDirectory, ErrorCode.notFound), (.fileExists, .alreadyExists),
        (.permissionDenied, .permission),
        (.notPermitted, .permission), (.resourceBusy, .busy), (.wouldBlock, .busy), (.invalidArgument, .invalid),
        (.ioError, .failed),
    ])
    func anErrorNumberHasAKind(errno: Errno, code: ErrorCode) {
        #expect(ErrorCode(errno) == code)
    }

    @Test func noNameCanAddALineToAMessage() {
        #expect(quoted("a\"b\\c") == #""a\"b\\c""#)
        #expect(quoted("a\nb\tc\rd\u{1B}[0m\u{7F}") == #""a\nb\tc\rd\x1b[0m\x7f""#)
        #expect(quoted("ä\u{1F600}") == "\"ä\u{1F600}\"")
    }

    /// docs/exit-codes.md, row by row.
    @Test(arguments: ErrorCode.allCases)
    func theExitCodesAreTheDocumentedOnes(code: ErrorCode) {
        let others: Int32 =
            switch code {
            case .failed, .invalid, .alreadyExists, .wrongState, .unsupported, .notExecutable, .commandNotFound: 1
            case .usage: 2
            case .notFound: 3
            case .permission, .integrity: 4
            case .unavailable, .busy: 5
            }
        #expect(code.exitStatus == others)
        #expect(code.exitStatusOfRun == (code == .notExecutable ? 126 : code == .commandNotFound ? 127 : 125))
    }
}
