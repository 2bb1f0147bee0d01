/// A release of runc or crun, by which what it can do is known.
struct RuntimeRelease: Comparable, Sendable {
    let major: Int
    let minor: Int
    let patch: Int

    init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads `1.8.1`, `1.1.5+ds1` or `1.14`; nil if there is no number at its beginning.
    init?(parsing text: some StringProtocol) {
        var numbers: [Int] = []
        for word in text.split(separator: ".", maxSplits: 2) {
            let digits = word.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard let number = Int(String(decoding: digits, as: UTF8.self)) else { break }
            numbers.append(number)
        }
        guard let major = numbers.first else { return nil }
        self.init(major, numbers.count > 1 ? numbers[1] : 0, numbers.count > 2 ? numbers[2] : 0)
    }

    static func < (left: RuntimeRelease, right: RuntimeRelease) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}

extension RuntimeRelease: CustomStringConvertible {
    var description: String { "\(major).\(minor).\(patch)" }
}
