internal import NexcageSystem
internal import OCISpec

/// The user as whom a container's process runs, resolved in the container's own accounts.
struct ContainerUser: Equatable {
    let uid: UInt32
    let gid: UInt32
    /// The primary group first: a process that lacks it among these could be let past a rule that denies it
    /// (CVE-2022-2989, CVE-2023-25173).
    let groups: [UInt32]
    /// The home directory; `/` for a user without an account.
    let home: String

    /// Resolves `name|uid[:group|gid]`; the empty text is root.
    ///
    /// What is written as a number is a number and never looked up as a name (CVE-2024-40635). A user that has an account
    /// gets its home and, unless the text names a group, its groups.
    ///
    /// - Throws: `invalid` for a number that is no id, `notFound` for a name that has no account.
    init(_ text: String, in accounts: AccountDatabase) throws(NexcageError) {
        func refusal(_ code: ErrorCode, _ reason: String) -> NexcageError {
            NexcageError(code, "user \(quoted(text)): \(reason)")
        }
        func number(_ part: Substring) throws(NexcageError) -> UInt32 {
            guard let id = AccountDatabase.identifier(part) else {
                throw refusal(.invalid, "\(quoted(String(part))) is not an id from 0 to \(UInt32.max - 1)")
            }
            return id
        }

        guard !text.utf8.contains(where: { $0 < 0x20 }) else {
            throw refusal(.invalid, "control characters are not allowed")
        }
        let parts = text.isEmpty ? ["0"] : text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let userPart = parts.first, !userPart.isEmpty, parts.last?.isEmpty == false else {
            throw refusal(.invalid, "expected NAME or UID, with :GROUP or :GID behind it if need be")
        }

        let account: AccountDatabase.User?
        if AccountDatabase.isNumber(userPart) {
            uid = try number(userPart)
            let id = uid
            account = accounts.users.first { $0.uid == id }
        } else {
            account = accounts.users.first { $0.name == userPart }
            guard let account else { throw refusal(.notFound, "not in /etc/passwd of the container; try a number") }
            uid = account.uid
        }

        if parts.count == 2 {
            gid = try Self.group(parts[1], in: accounts, number, refusal)
            groups = [gid]
        } else {
            gid = account?.gid ?? 0
            let primary = gid
            let others = account.map { accounts.supplementaryGroups(of: $0.name) } ?? []
            groups = [primary] + others.filter { $0 != primary }
        }
        home = try Self.home(account, refusal)
    }

    private static func group(
        _ part: Substring, in accounts: AccountDatabase,
        _ number: (Substring) throws(NexcageError) -> UInt32, _ refusal: (ErrorCode, String) -> NexcageError
    ) throws(NexcageError) -> UInt32 {
        if AccountDatabase.isNumber(part) { return try number(part) }
        guard let group = accounts.groups.first(where: { $0.name == part }) else {
            throw refusal(
                .notFound, "group \(quoted(String(part))) is not in /etc/group of the container; try a number")
        }
        return group.gid
    }

    private static func home(
        _ account: AccountDatabase.User?, _ refusal: (ErrorCode, String) -> NexcageError
    ) throws(NexcageError) -> String {
        guard let home = account?.home, !home.isEmpty else { return "/" }
        guard !home.utf8.contains(where: { $0 < 0x20 }) else {
            throw refusal(.invalid, "its home in /etc/passwd of the container has control characters")
        }
        return home
    }

    /// The user in the words of the runtime specification.
    var spec: UserSpec {
        UserSpec(uid: uid, gid: gid, additionalGids: groups)
    }
}
