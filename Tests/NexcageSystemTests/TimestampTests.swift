import Testing

@testable import NexcageSystem

@Suite struct TimestampTests {
    @Test(arguments: [
        (Timestamp(seconds: 0), "1970-01-01T00:00:00.000000000Z"),
        (Timestamp(seconds: 1_709_210_096, nanoseconds: 5), "2024-02-29T12:34:56.000000005Z"),
        (Timestamp(seconds: 4_102_444_799, nanoseconds: 999_999_999), "2099-12-31T23:59:59.999999999Z"),
    ])
    func itIsShownAsRFC3339AndReadBack(time: Timestamp, text: String) {
        #expect(time.description == text)
        #expect(Timestamp(text) == time)
    }

    @Test(
        arguments: [
            ("2024-02-29T12:34:56Z", 0), ("2024-02-29T12:34:56.5Z", 500_000_000),
            ("2024-02-29T12:34:56.123456Z", 123_456_000),
            ("2024-02-29T12:34:56.1234567891Z", 123_456_789),
        ] as [(String, Int32)])
    func anyNumberOfDecimalsIsRead(text: String, nanoseconds: Int32) {
        #expect(Timestamp(text) == Timestamp(seconds: 1_709_210_096, nanoseconds: nanoseconds))
    }

    @Test(arguments: [
        "", "now", "2024-02-29", "2024-02-29T12:34:56", "2024-02-29T12:34:56+01:00", "2024-02-29T12:34:56,5Z",
        "xxxx-02-29T12:34:56Z",
    ])
    func whatIsNoneIsRefused(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func momentsAreOrdered() {
        #expect(Timestamp(seconds: 1, nanoseconds: 9) < Timestamp(seconds: 2))
        #expect(Timestamp(seconds: 1, nanoseconds: 1) < Timestamp(seconds: 1, nanoseconds: 2))
        #expect(Timestamp(seconds: 1_700_000_000) < .now)
    }
}
