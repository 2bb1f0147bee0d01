@testable import OCISpec

/// Documents that name every member their types know, in the order in which they are written.
enum Fixtures {
    static let digest = "sha256:" + String(repeating: "0a", count: 32)

    static let runtimeSpec = """
        {"ociVersion":"1.3.0",\
        "process":{"terminal":true,"consoleSize":{"height":24,"width":80},\
        "user":{"uid":1000,"gid":1000,"umask":18,"additionalGids":[4,24],"username":"web"},\
        "args":["/bin/sh","-c","echo \\"hi\\""],"env":["PATH=/bin","LANG=C"],"cwd":"/srv",\
        "capabilities":{"bounding":["CAP_KILL"],"effective":["CAP_KILL"],"inheritable":["CAP_KILL"],\
        "permitted":["CAP_KILL"],"ambient":["CAP_KILL"]},\
        "rlimits":[{"type":"RLIMIT_NOFILE","hard":18446744073709551615,"soft":1024}],"noNewPrivileges":true,\
        "apparmorProfile":"unconfined","oomScoreAdj":-500,\
        "scheduler":{"policy":"SCHED_DEADLINE","nice":-5,"priority":1,"flags":["SCHED_FLAG_RESET_ON_FORK"],\
        "runtime":1,"deadline":2,"period":3},\
        "selinuxLabel":"a:b:c","ioPriority":{"class":"IOPRIO_CLASS_BE","priority":4},\
        "execCPUAffinity":{"initial":"0-1","final":"2"}},\
        "root":{"path":"rootfs","readonly":true},"hostname":"web-1","domainname":"example.org",\
        "mounts":[{"destination":"/proc","type":"proc","source":"proc"},\
        {"destination":"/data","source":"/srv/data","options":["rbind","ro"],\
        "uidMappings":[{"containerID":0,"hostID":100000,"size":65536}],\
        "gidMappings":[{"containerID":0,"hostID":100000,"size":65536}]}],\
        "hooks":{"prestart":[{"path":"/bin/a","args":["a"],"env":["A=1"],"timeout":5}],\
        "createRuntime":[{"path":"/bin/b"}],"createContainer":[{"path":"/bin/c"}],\
        "startContainer":[{"path":"/bin/d"}],"poststart":[{"path":"/bin/e"}],"poststop":[{"path":"/bin/f"}]},\
        "annotations":{"a.b":"c","nexcage.runtime":"crun"},\
        "linux":\(linux)}
        """

    private static let linux = """
        {"uidMappings":[{"containerID":0,"hostID":1,"size":2}],"gidMappings":[{"containerID":0,"hostID":1,"size":2}],\
        "sysctl":{"net.ipv4.ip_forward":"1"},"resources":\(resources),"cgroupsPath":"/nexcage/web",\
        "namespaces":[{"type":"pid"},{"type":"network","path":"/run/netns/x"},{"type":"mount"},{"type":"ipc"},\
        {"type":"uts"},{"type":"user"},{"type":"cgroup"},{"type":"time"}],\
        "devices":[{"path":"/dev/fuse","type":"c","major":10,"minor":229,"fileMode":438,"uid":0,"gid":0},\
        {"path":"/dev/pipe","type":"p"}],"netDevices":{"eth1":{"name":"lan"}},\
        "seccomp":{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":38,"architectures":["SCMP_ARCH_X86_64"],\
        "flags":["SECCOMP_FILTER_FLAG_LOG"],"listenerPath":"/run/l","listenerMetadata":"m",\
        "syscalls":[{"names":["clone","read"],"action":"SCMP_ACT_ALLOW","errnoRet":1,\
        "args":[{"index":0,"value":2114060288,"valueTwo":0,"op":"SCMP_CMP_MASKED_EQ"}]}]},\
        "rootfsPropagation":"rslave","maskedPaths":["/proc/kcore"],"readonlyPaths":["/proc/sys"],"mountLabel":"l",\
        "intelRdt":{"closID":"g","schemata":["L3:0=f"],"l3CacheSchema":"L3:0=f","memBwSchema":"MB:0=20",\
        "enableCMT":true,"enableMBM":true,"enableMonitoring":true},\
        "memoryPolicy":{"mode":"MPOL_BIND","nodes":"0-1","flags":["MPOL_F_STATIC_NODES"]},\
        "personality":{"domain":"LINUX32","flags":["none"]},\
        "timeOffsets":{"boottime":{"secs":-5,"nanosecs":1},"monotonic":{"secs":10}}}
        """

    private static let resources = """
        {"devices":[{"allow":false,"access":"rwm"},{"allow":true,"type":"c","major":1,"minor":3,"access":"rw"}],\
        "memory":{"limit":1,"reservation":2,"swap":-1,"kernel":3,"kernelTCP":4,"swappiness":5,\
        "disableOOMKiller":false,"useHierarchy":true,"checkBeforeUpdate":true},\
        "cpu":{"shares":1024,"quota":-1,"burst":1,"period":100000,"realtimeRuntime":2,"realtimePeriod":3,\
        "cpus":"0-3","mems":"0","idle":1},"pids":{"limit":-1},\
        "blockIO":{"weight":10,"leafWeight":20,"weightDevice":[{"major":8,"minor":0,"weight":1,"leafWeight":2}],\
        "throttleReadBpsDevice":[{"major":8,"minor":0,"rate":1}],\
        "throttleWriteBpsDevice":[{"major":8,"minor":0,"rate":2}],\
        "throttleReadIOPSDevice":[{"major":8,"minor":0,"rate":3}],\
        "throttleWriteIOPSDevice":[{"major":8,"minor":0,"rate":4}]},\
        "hugepageLimits":[{"pageSize":"2MB","limit":9}],\
        "network":{"classID":1,"priorities":[{"name":"eth0","priority":2}]},\
        "rdma":{"mlx5":{"hcaHandles":3,"hcaObjects":4}},"unified":{"memory.high":"1G"}}
        """

    static let descriptor = """
        {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"\(digest)","size":3,\
        "urls":["https://example.org/x"],"annotations":{"k":"v"},"data":"YWJj",\
        "platform":{"architecture":"arm","os":"linux","os.version":"1","os.features":["f"],"variant":"v7"},\
        "artifactType":"application/x"}
        """

    static let index = """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","artifactType":"application/x",\
        "manifests":[\(descriptor)],"subject":\(descriptor),"annotations":{"a":"b"}}
        """

    static let manifest = """
        {"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json",\
        "artifactType":"application/x","config":\(descriptor),"layers":[\(descriptor)],"subject":\(descriptor),\
        "annotations":{"a":"b"}}
        """

    static let configuration = """
        {"created":"2026-01-02T03:04:05Z","author":"me","architecture":"arm64","variant":"v8","os":"linux",\
        "os.version":"1","os.features":["f"],\
        "config":{"User":"web:web","ExposedPorts":{"80/tcp":{},"53/udp":{}},"Env":["A=b"],"Entrypoint":["/bin/sh"],\
        "Cmd":["-c","true"],"Volumes":{"/data":{}},"WorkingDir":"/srv","Labels":{"l":"m"},"StopSignal":"SIGTERM",\
        "Healthcheck":{"Test":["CMD","true"],"Interval":1,"Timeout":2,"StartPeriod":3,"StartInterval":4,"Retries":5},\
        "Shell":["/bin/sh","-c"],"ArgsEscaped":true},\
        "rootfs":{"type":"layers","diff_ids":["\(digest)"]},\
        "history":[{"created":"2026-01-02T03:04:05Z","created_by":"COPY","author":"me","comment":"c",\
        "empty_layer":true}]}
        """

    /// Decodes as the type and writes again, compactly.
    static func roundTrip<Value: JSONDecodable & JSONEncodable>(
        _ text: String, _: Value.Type
    ) throws(JSONError) -> String {
        String(decoding: try Value.decode(Array(text.utf8)).encoded(), as: UTF8.self)
    }
}
