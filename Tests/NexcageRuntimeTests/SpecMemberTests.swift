import NexcageSystem
import OCISpec
import Testing

@testable import NexcageRuntime

@Suite struct SpecMemberTests {
    @Test(arguments: [
        ("1.8.1", RuntimeRelease(1, 8, 1)), ("1.1.5+ds1", RuntimeRelease(1, 1, 5)), ("1.14", RuntimeRelease(1, 14)),
        ("1.2.0-rc.1", RuntimeRelease(1, 2)),
    ])
    func aReleaseIsReadFromItsVersion(_ text: String, _ release: RuntimeRelease) {
        #expect(RuntimeRelease(parsing: text) == release)
    }

    @Test func releasesAreComparedAsNumbers() {
        #expect(RuntimeRelease(1, 8, 1) < RuntimeRelease(1, 14))
        #expect(RuntimeRelease(parsing: "unknown") == nil)
    }

    @Test func aPlainConfigurationUsesNothingNew() {
        #expect(SpecMember.used(by: RuntimeSpec.example()) == [])
    }

    @Test func oldReleasesAreNotTrustedWithNewMembers() {
        #expect(!SpecMember.timeOffsets.isKnown(to: .crun, RuntimeRelease(1, 8, 1)))
        #expect(SpecMember.timeOffsets.isKnown(to: .crun, RuntimeRelease(1, 21)))
        #expect(!SpecMember.netDevices.isKnown(to: .crun, RuntimeRelease(1, 21)))
        #expect(!SpecMember.domainname.isKnown(to: .runc, RuntimeRelease(1, 1, 5)))
        #expect(SpecMember.memoryPolicy.isKnown(to: .runc, RuntimeRelease(1, 4)))
    }

    @Test func aProgramIsJudgedByItsVersionLine() {
        let members: [SpecMember] = [.domainname, .timeOffsets, .netDevices]
        #expect(OCIRuntimeBackend.unknown(members, to: "runc version 1.1.5+ds1") == [.domainname, .netDevices])
        #expect(OCIRuntimeBackend.unknown(members, to: "runc version 1.4.0") == [])
        #expect(OCIRuntimeBackend.unknown(members, to: "crun version 1.8.1") == [.timeOffsets, .netDevices])
        #expect(OCIRuntimeBackend.unknown(members, to: "youki version 0.5.0") == [])
    }

    @Test func whatNexcageDoesItselfIsNotRefused() {
        let refused = LibcrunBackend().refusedMembers()
        for member in ["process.scheduler", "linux.timeOffsets", "linux.memoryPolicy", "linux.resources.cpu.burst"] {
            #expect(!refused.contains(member))
        }
    }
}
