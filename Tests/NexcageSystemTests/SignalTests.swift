import Testing

@testable import NexcageSystem

@Suite struct SignalTests {
    @Test(arguments: [
        ("TERM", 15), ("SIGTERM", 15), ("sigterm", 15), ("Term", 15), ("15", 15), ("0", 0), ("64", 64), ("HUP", 1),
        ("KILL", 9),
        ("SIGSYS", 31), ("CLD", 17), ("IOT", 6), ("POLL", 29), ("RTMIN", 34), ("SIGRTMIN+3", 37), ("rtmax", 64),
        ("RTMAX-1", 63),
    ])
    func aSignalIsReadByNameAndNumber(text: String, number: Int32) throws {
        #expect(try Signal(text).number == number)
    }

    @Test(arguments: ["", "SIG", "65", "-1", "NOPE", "RTMIN-1", "RTMAX+1", "RTMIN+31", "15 ", "1e1", "SIGSIGTERM"])
    func whatIsNoneIsToldInRuncsWords(text: String) {
        #expect(throws: NexcageError(.invalid, "unknown signal \(quoted(text))")) { try Signal(text) }
    }

    @Test func aSignalIsShownByName() throws {
        #expect(Signal.terminate.description == "SIGTERM")
        #expect(Signal.kill.description == "SIGKILL")
        #expect(try Signal("40").description == "signal 40")
        #expect(try Signal("0").description == "signal 0")
    }
}
