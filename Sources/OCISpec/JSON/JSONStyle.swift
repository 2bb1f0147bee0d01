/// How a ``JSONWriter`` lays out its document.
public enum JSONStyle: Equatable, Sendable {
    /// One line without spaces.
    case compact
    /// One member or element a line, indented by this many spaces a level.
    case spaces(Int)
    /// One member or element a line, indented by one tab a level.
    case tabs

    /// Two spaces a level.
    public static let pretty = JSONStyle.spaces(2)
}
