internal import NexcageSystem

/// The accounts of a container's file system: passwd(5) and group(5), parsed as the untrusted bytes they are.
///
/// A line that is not well formed is passed over, as the C library does.
struct AccountDatabase {
    /// A line of /etc/passwd.
    struct User: Equatable {
        let name: String
        let uid: UInt32
        let gid: UInt32
        let home: String
    }

    /// A line of /etc/group.
    struct Group: Equatable {
        let name: String
        let gid: UInt32
        let members: [String]
    }

    let users: [User]
    let groups: [Group]

    /// - Parameters:
    ///   - passwd: the content of /etc/passwd; empty if there is none.
    ///   - group: the content of /etc/group; empty if there is none.
    init(passwd: [UInt8], group: [UInt8]) {
        users = Self.records(passwd, fields: 7).compactMap { field in
            guard let uid = Self.identifier(field[2]), let gid = Self.identifier(field[3]) else { return nil }
            return User(name: field[0], uid: uid, gid: gid, home: field[5])
        }
        groups = Self.records(group, fields: 4).compactMap { field in
            guard let gid = Self.identifier(field[2]) else { return nil }
            return Group(name: field[0], gid: gid, members: field[3].split(separator: ",").map(String.init))
        }
    }

    /// The groups that list `user` as a member, in the order of the file, without duplicates.
    func supplementaryGroups(of user: String) -> [UInt32] {
        var result: [UInt32] = []
        for group in groups where group.members.contains(user) && !result.contains(group.gid) {
            result.append(group.gid)
        }
        return result
    }

    /// A user or group id: decimal digits alone, at most 2³²-2, as 2³²-1 means "no change" to the kernel.
    static func identifier(_ text: some StringProtocol) -> UInt32? {
        guard isNumber(text), let value = UInt32(text), value != .max else { return nil }
        return value
    }

    /// Whether the text is written as a number, however large.
    static func isNumber(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func records(_ bytes: [UInt8], fields count: Int) -> [[String]] {
        bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard fields.count == count, let name = fields.first, !name.isEmpty else { return nil }
            return fields.map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
