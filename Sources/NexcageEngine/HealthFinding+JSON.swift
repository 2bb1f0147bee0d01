public import OCISpec

extension HealthFinding: JSONEncodable {
    /// `{"check": …, "verdict": …, "detail": …}`.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("check", check)
        writer.member("verdict", verdict.rawValue)
        writer.member("detail", detail)
        writer.endObject()
    }
}
