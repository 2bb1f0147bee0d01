public import NexcageSystem

/// Copy-on-write file systems, one layer on top of another.
///
/// # How it works
///
/// A snapshot is a file system tree with a *key* and, but for the lowest, a *parent*. There are three kinds:
///
/// - **active**: can be written to. Made by ``prepare(_:parent:)``.
/// - **committed**: never changes again and can be a parent. An active one becomes committed by ``commit(_:as:)``.
/// - **view**: shows a committed one and cannot be written to. Made by ``view(_:parent:)``.
///
/// A snapshotter knows nothing of images. Its caller keys committed snapshots by ChainID, so that images share layers:
///
/// ```swift
/// // Pull: layer 0 has no parent, layer 1 lies on layer 0.
/// for layer in layers {
///     try store.ensureCommitted(layer.chainID, parent: layer.parentChainID) {
///         (root: borrowing RootDirectory) throws(NexcageError) in try unpack(layer, into: root)
///     }
/// }
/// // Run: a writable layer of the container's own on top.
/// try store.prepare("web", parent: layers.last?.chainID)
/// for mount in try store.mounts("web") { try mount.attach(below: rootfs) }
/// // Delete: unmount first, then:
/// try store.remove("web")
/// // Collect: children before their parents, the order of `list()` reversed.
/// try store.remove(chainID)
/// ```
///
/// # Promises of every driver
///
/// - Keys are any printable text up to ``SnapshotRecord/keyLimit`` bytes; active, view and committed ones share one name
///   space. No file name is made of their characters.
/// - Each call is atomic against other processes. After a crash at any point ``list()`` shows every leftover (state
///   `preparing`), and ``remove(_:)`` or preparing the same key again clears it. No mount outlives the process.
/// - What was committed outlives a power failure, if the driver was made with durability `.disk`.
/// - ``mounts(_:)`` changes nothing and can be called any number of times.
public protocol Snapshotter: Sendable {
    /// What the configuration calls the driver.
    static var name: String { get }

    /// Whether the driver can work in its directory: tried, not guessed.
    ///
    /// - Throws: `unavailable`, with the reason and what to do.
    func checkAvailability() throws(NexcageError)

    /// Makes an active snapshot with the content of the committed snapshot `parent`, or empty without one.
    ///
    /// - Throws: `alreadyExists` if the key is taken; `notFound` if there is no such parent; `wrongState` if it is not
    ///   committed.
    func prepare(_ key: String, parent: String?) throws(NexcageError)

    /// Makes a snapshot that shows the committed snapshot `parent` and cannot be changed.
    ///
    /// - Throws: as ``prepare(_:parent:)``.
    func view(_ key: String, parent: String) throws(NexcageError)

    /// What to mount, in order, to get the tree of an active snapshot or a view.
    ///
    /// - Throws: `notFound`; `wrongState` for a committed snapshot, which needs a view first.
    func mounts(_ key: String) throws(NexcageError) -> [MountInstruction]

    /// Calls `body` with the tree of an active snapshot, writable and visible to no other process.
    ///
    /// - Throws: `notFound`; `wrongState` if it is not active; else what `body` throws.
    func withRoot<Result: ~Copyable>(
        of key: String, _ body: (borrowing RootDirectory) throws(NexcageError) -> Result
    ) throws(NexcageError) -> Result

    /// Makes an active snapshot committed, under a new key; the old key is free afterwards.
    ///
    /// - Throws: `alreadyExists` if `name` is taken; then the active snapshot stays as it is.
    func commit(_ key: String, as name: String) throws(NexcageError)

    /// Removes a snapshot of any kind; one that is not there is fine.
    ///
    /// Unmount it first: no file system says that somebody still uses the tree.
    ///
    /// - Throws: `wrongState` if it is the parent of another one.
    func remove(_ key: String) throws(NexcageError)

    /// What the snapshot takes beyond its parent.
    func usage(_ key: String) throws(NexcageError) -> SnapshotUsage

    /// The record of one snapshot; nil if there is none of that key.
    func record(_ key: String) throws(NexcageError) -> SnapshotRecord?

    /// All snapshots and leftovers, parents before their children.
    func list() throws(NexcageError) -> [SnapshotRecord]

    /// Calls `body` while no other process or thread that asks for the same key does the same.
    func exclusively<Result: ~Copyable>(
        _ key: String, _ body: () throws(NexcageError) -> Result
    ) throws(NexcageError) -> Result
}
