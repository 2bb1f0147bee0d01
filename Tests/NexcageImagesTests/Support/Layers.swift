/// Layers that tests make images of.
enum Layers {
    /// `hello`, with `world` in it, and an empty `etc`.
    static let hello: [UInt8] = {
        var tar = TarBuilder()
        tar.directory("etc/")
        tar.file("hello", Array("world".utf8))
        return tar.finished
    }()

    /// `etc/other`.
    static let other: [UInt8] = {
        var tar = TarBuilder()
        tar.file("etc/other", Array("more".utf8))
        return tar.finished
    }()
}
