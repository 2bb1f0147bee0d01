import Glibc
import NexcageSystem
import Synchronization
import SystemPackage

/// The cases that are still to run and the results so far, shared by the workers.
final class Board: Sendable {
    private struct Contents {
        var next = 0
        var results: [CaseResult?]
    }

    private let cases: [ConformanceCase]
    private let runtime: RuntimeUnderTest
    private let place: Place
    private let contents: Mutex<Contents>

    init(_ cases: [ConformanceCase], _ runtime: RuntimeUnderTest, _ place: Place) {
        self.cases = cases
        self.runtime = runtime
        self.place = place
        contents = Mutex(Contents(results: Array(repeating: nil, count: cases.count)))
    }

    /// Starts a thread that takes one case after the other. Threads and not tasks: the work blocks.
    func startWorker() throws -> pthread_t {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        let failure = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Board>.fromOpaque(context).takeRetainedValue().work()
                return nil
            }, context)
        guard failure == 0 else {
            Unmanaged<Board>.fromOpaque(context).release()
            throw NexcageError.system("start", "a thread", Errno(rawValue: failure))
        }
        return thread
    }

    private func work() {
        while let index = takeNext() {
            let result = CaseResult(of: cases[index], runtime, in: place)
            contents.withLock { $0.results[index] = result }
        }
    }

    private func takeNext() -> Int? {
        contents.withLock { contents in
            guard contents.next < cases.count else { return nil }
            contents.next += 1
            return contents.next - 1
        }
    }

    /// The result of a case, waiting for it if need be.
    func result(at index: Int) -> CaseResult {
        while true {
            if let result = contents.withLock({ $0.results[index] }) { return result }
            usleep(1_000)
        }
    }
}
