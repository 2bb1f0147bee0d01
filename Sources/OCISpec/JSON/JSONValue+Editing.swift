extension JSONValue {
    /// Gives a member a new value in its place, or appends it; nil takes it out. Another kind of value stays as it is.
    public mutating func set(_ name: String, to value: JSONValue?) {
        guard case .object(var members) = self else { return }
        let place = members.firstIndex { $0.name == name }
        switch (place, value) {
        case (let place?, let value?): members[place].value = value
        case (let place?, nil): members.remove(at: place)
        case (nil, let value?): members.append(JSONMember(name, value))
        case (nil, nil): return
        }
        self = .object(members)
    }
}
