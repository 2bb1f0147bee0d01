// swift-tools-version: 6.1
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

// swiftc asks clang for a position-independent program too, which clang would tell us that it ignores.
let staticLink = ["-Xclang-linker", "-static", "-Xclang-linker", "-Wno-unused-command-line-argument"]

let package = Package(
    name: "nexcage",
    products: [
        .executable(name: "nexcage", targets: ["nexcage"]),
        .executable(name: "nexcage-manager", targets: ["nexcage-manager"]),
        .executable(name: "nexcage-monitor", targets: ["nexcage-monitor"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        // Host libraries; `scripts/setup.sh` provides them. Those in /usr/include need no pkg-config, whose -L would
        // stand before the folder from which the Makefile links archives.
        .systemLibrary(name: "CLibcrunHost", pkgConfig: "nexcage-libcrun"),
        .systemLibrary(name: "CGcrypt", providers: [.apt(["libgcrypt20-dev"])]),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),

        .target(name: "OCISpec", swiftSettings: swiftSettings),
        .target(name: "CNexcageSystem"),
        .target(
            name: "NexcageSystem",
            dependencies: [
                "CNexcageSystem",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: swiftSettings),
        .target(name: "NexcageStorage", dependencies: ["NexcageSystem"], swiftSettings: swiftSettings),
        .target(name: "CNexcageCodec"),
        .target(
            name: "NexcageImages",
            dependencies: ["NexcageStorage", "NexcageSystem", "OCISpec", "CGcrypt", "CNexcageCodec", "CZstd"],
            swiftSettings: swiftSettings),
        .target(name: "CLibcrun", dependencies: ["CLibcrunHost"]),
        .target(
            name: "NexcageRuntime",
            dependencies: ["CLibcrun", "NexcageSystem", "OCISpec"],
            swiftSettings: swiftSettings),
        .target(
            name: "NexcageEngine",
            dependencies: ["NexcageImages", "NexcageRuntime", "NexcageStorage", "NexcageSystem", "OCISpec"],
            swiftSettings: swiftSettings),
        .target(
            name: "NexcageCommandLine",
            dependencies: ["NexcageEngine"],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "nexcage",
            dependencies: ["NexcageCommandLine"],
            swiftSettings: swiftSettings,
            // A quarter of every start is the loading of libc and libm (docs/adr/0004).
            linkerSettings: [.unsafeFlags(staticLink, .when(configuration: .release))]),
        .executableTarget(
            name: "nexcage-manager",
            dependencies: [
                "NexcageCommandLine",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings),

        .executableTarget(
            name: "nexcage-monitor",
            linkerSettings: [.unsafeFlags(staticLink, .when(configuration: .release))]),

        // What the test targets share; nothing that is installed depends on it.
        .target(
            name: "NexcageTesting",
            dependencies: ["NexcageEngine"],
            swiftSettings: swiftSettings),
        // Judges any OCI runtime by the text of the specification (docs/conformance.md); not installed.
        .executableTarget(
            name: "nexcage-conformance",
            dependencies: [
                "CNexcageSystem", "NexcageSystem", "OCISpec",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Tests/Conformance",
            exclude: ["known"],
            swiftSettings: swiftSettings),
        .testTarget(name: "OCISpecTests", dependencies: ["OCISpec"], swiftSettings: swiftSettings),
        .testTarget(
            name: "NexcageSystemTests",
            dependencies: ["NexcageSystem", .product(name: "SystemPackage", package: "swift-system")],
            swiftSettings: swiftSettings),
        .testTarget(name: "NexcageStorageTests", dependencies: ["NexcageStorage"], swiftSettings: swiftSettings),
        .testTarget(name: "NexcageImagesTests", dependencies: ["NexcageImages"], swiftSettings: swiftSettings),
        .testTarget(name: "NexcageRuntimeTests", dependencies: ["NexcageRuntime"], swiftSettings: swiftSettings),
        .testTarget(name: "NexcageEngineTests", dependencies: ["NexcageEngine"], swiftSettings: swiftSettings),
        .testTarget(
            name: "SecurityTests", dependencies: ["nexcage", "nexcage-manager", "NexcageTesting"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "EngineTests", dependencies: ["nexcage", "nexcage-manager", "NexcageTesting"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "NexcageCommandTests",
            dependencies: [
                "nexcage", "nexcage-conformance", "nexcage-manager", "nexcage-monitor", "NexcageTesting",
            ],
            swiftSettings: swiftSettings),
    ]
)
