extension String {
    /// The text in quotes for an error: shortened, and with control characters made visible, since it comes from outside.
    var quoted: String {
        var result = "\""
        for scalar in unicodeScalars.prefix(150) {
            switch scalar.value {
            case 0..<0x20, 0x22, 0x5C, 0x7F..<0xA0: result += scalar.escaped(asASCII: true)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + (unicodeScalars.count > 150 ? "…\"" : "\"")
    }
}
