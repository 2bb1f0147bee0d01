import Glibc
import NexcageSystem

/// How a case ended.
enum CaseResult: Sendable, Equatable {
    case passed
    case failed(String)
    /// The runtime reports an error for what it need not support, as it must then.
    case refused(String)
    case skipped(String)

    /// Runs a case with a bundle of its own.
    init(of item: ConformanceCase, _ runtime: RuntimeUnderTest, in place: Place) {
        if let missing = item.needs.lazy.compactMap(\.missing).first {
            self = .skipped(missing)
            return
        }
        do {
            let bench = try Workbench(runtime, place, name: item.id)
            let result = Self.run(item, bench)
            try bench.clear()
            self = result
        } catch {
            self = .failed("\(error)")
        }
    }

    private static func run(_ item: ConformanceCase, _ bench: Workbench) -> CaseResult {
        do {
            try item.body(bench)
            return .passed
        } catch Failure.refused(let reason) {
            return .refused(reason)
        } catch Failure.skipped(let reason) {
            return .skipped(reason)
        } catch Failure.broken(let message) {
            return .failed(message)
        } catch {
            return .failed("\(error)")
        }
    }
}

/// Runs all cases on a few threads, because most of their time is spent waiting for processes.
struct CaseRunner {
    let runtime: RuntimeUnderTest
    let jobs: Int

    /// Runs the cases and tells each result in the order of the list as soon as it can.
    func run(_ cases: [ConformanceCase], report: (ConformanceCase, CaseResult) throws -> Void) throws {
        let place = try Place()
        try ChildReaper.begin()
        let board = Board(cases, runtime, place)
        let threads = try (0..<min(jobs, cases.count)).map { _ in try board.startWorker() }
        for (index, item) in cases.enumerated() { try report(item, board.result(at: index)) }
        for thread in threads { pthread_join(thread, nil) }
        try place.clear()
    }
}
