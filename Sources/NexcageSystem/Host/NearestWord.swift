/// Finds what somebody meant who mistyped a word.
public enum NearestWord {
    /// The candidate with the smallest edit distance, or nil if none is near enough to be meant.
    public static func find(_ word: String, in candidates: [String]) -> String? {
        let limit = max(2, word.utf8.count / 3)
        let best = candidates.map { (word: $0, distance: distance(word, $0)) }.min { $0.distance < $1.distance }
        guard let best, best.distance <= limit else { return nil }
        return best.word
    }

    /// Levenshtein's distance, over bytes.
    private static func distance(_ left: String, _ right: String) -> Int {
        let target = Array(right.utf8)
        var row = Array(0...target.count)
        for (index, byte) in left.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in target.indices {
                let replaced = diagonal + (byte == target[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
            }
        }
        return row[target.count]
    }
}
