/// System calls by what they are for, from syscalls(2); of all architectures, as a filter passes over foreign names.
enum SyscallNames {
    /// Calls that ordinary programs make.
    static let everyday =
        files + attributes + waiting + memory + processes + identity + signals + scheduling + time + sockets + messages
        + platform

    private static let files = words(
        """
        access faccessat faccessat2 chdir fchdir chmod fchmod fchmodat fchmodat2 chown chown32 fchown fchown32 fchownat
        lchown lchown32 close close_range creat open openat openat2 dup dup2 dup3 fallocate fadvise64 fadvise64_64
        fcntl fcntl64 flock fstat fstat64 fstatat64 newfstatat stat stat64 statx lstat lstat64 fstatfs fstatfs64 statfs
        statfs64 fsync fdatasync sync syncfs sync_file_range sync_file_range2 ftruncate ftruncate64 truncate truncate64
        getcwd getdents getdents64 ioctl link linkat symlink symlinkat unlink unlinkat rename renameat renameat2 mkdir
        mkdirat rmdir mknod mknodat readlink readlinkat lseek _llseek read readv pread64 preadv preadv2 write writev
        pwrite64 pwritev pwritev2 readahead sendfile sendfile64 copy_file_range splice tee vmsplice pipe pipe2 umask
        utime utimes utimensat utimensat_time64 futimesat cachestat name_to_handle_at memfd_create statmount listmount
        """)

    private static let attributes = words(
        """
        getxattr lgetxattr fgetxattr getxattrat setxattr lsetxattr fsetxattr setxattrat listxattr llistxattr flistxattr
        listxattrat removexattr lremovexattr fremovexattr removexattrat file_getattr file_setattr
        """)

    private static let waiting = words(
        """
        poll ppoll ppoll_time64 select _newselect pselect6 pselect6_time64 epoll_create epoll_create1 epoll_ctl
        epoll_ctl_old epoll_wait epoll_wait_old epoll_pwait epoll_pwait2 eventfd eventfd2 signalfd signalfd4
        inotify_init inotify_init1 inotify_add_watch inotify_rm_watch timerfd_create timerfd_gettime timerfd_gettime64
        timerfd_settime timerfd_settime64 io_setup io_destroy io_submit io_cancel io_getevents io_pgetevents
        io_pgetevents_time64
        """)

    private static let memory = words(
        """
        brk mmap mmap2 munmap mprotect mremap madvise msync mincore mlock mlock2 mlockall munlock munlockall pkey_alloc
        pkey_free pkey_mprotect membarrier remap_file_pages memfd_secret map_shadow_stack mseal shmat shmctl shmdt
        shmget futex futex_time64 futex_waitv futex_wait futex_wake futex_requeue get_robust_list set_robust_list rseq
        """)

    private static let processes = words(
        """
        execve execveat exit exit_group fork vfork wait4 waitid waitpid kill tkill tgkill pidfd_open pidfd_send_signal
        getpid getppid gettid getpgid getpgrp setpgid getsid setsid prctl arch_prctl set_tid_address ptrace
        process_vm_readv process_vm_writev process_mrelease seccomp landlock_create_ruleset landlock_add_rule
        landlock_restrict_self uname sysinfo getrandom lsm_get_self_attr lsm_set_self_attr lsm_list_modules
        """)

    private static let identity = words(
        """
        getuid getuid32 geteuid geteuid32 getgid getgid32 getegid getegid32 getgroups getgroups32 getresuid
        getresuid32 getresgid getresgid32 setuid setuid32 setgid setgid32 setreuid setreuid32 setregid setregid32
        setresuid setresuid32 setresgid setresgid32 setfsuid setfsuid32 setfsgid setfsgid32 setgroups setgroups32
        capget capset
        """)

    private static let signals = words(
        """
        rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait
        rt_sigtimedwait_time64 rt_tgsigqueueinfo sigaction signal sigpending sigprocmask sigreturn sigsuspend
        sigaltstack pause alarm restart_syscall
        """)

    private static let scheduling = words(
        """
        sched_yield sched_getaffinity sched_setaffinity sched_getattr sched_setattr sched_getparam sched_setparam
        sched_getscheduler sched_setscheduler sched_get_priority_max sched_get_priority_min sched_rr_get_interval
        sched_rr_get_interval_time64 getpriority setpriority nice ioprio_get ioprio_set getcpu getrlimit setrlimit
        ugetrlimit prlimit64 getrusage
        """)

    private static let time = words(
        """
        time times gettimeofday nanosleep clock_gettime clock_gettime64 clock_getres clock_getres_time64
        clock_nanosleep clock_nanosleep_time64 clock_adjtime clock_adjtime64 adjtimex getitimer setitimer timer_create
        timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64
        """)

    /// All but socket(2), which has a rule of its own.
    private static let sockets = words(
        """
        socketpair socketcall bind listen accept accept4 connect shutdown getsockname getpeername getsockopt setsockopt
        send sendto sendmsg sendmmsg recv recvfrom recvmsg recvmmsg recvmmsg_time64
        """)

    private static let messages = words(
        """
        ipc msgctl msgget msgrcv msgsnd semctl semget semop semtimedop semtimedop_time64 mq_open mq_unlink mq_notify
        mq_getsetattr mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64
        """)

    /// What single architectures have.
    private static let platform = words(
        """
        get_thread_area set_thread_area modify_ldt arm_fadvise64_64 arm_sync_file_range breakpoint cacheflush set_tls
        riscv_flush_icache
        """)

    /// Calls that the kernel guards by a capability, or that are safe only for who has it.
    static let byCapability: [(capability: String, names: [String])] = [
        ("CAP_BPF", ["bpf"]),
        ("CAP_DAC_READ_SEARCH", ["open_by_handle_at"]),
        ("CAP_PERFMON", ["perf_event_open"]),
        (
            "CAP_SYS_ADMIN",
            words(
                """
                bpf clone clone3 fanotify_init fanotify_mark fsconfig fsmount fsopen fspick lookup_dcookie mount
                mount_setattr move_mount open_tree open_tree_attr perf_event_open quotactl quotactl_fd setdomainname
                sethostname setns syslog umount umount2 unshare
                """)
        ),
        ("CAP_SYS_BOOT", ["reboot"]),
        ("CAP_SYS_CHROOT", ["chroot"]),
        ("CAP_SYS_MODULE", ["delete_module", "finit_module", "init_module"]),
        (
            "CAP_SYS_NICE",
            words("get_mempolicy mbind migrate_pages move_pages set_mempolicy set_mempolicy_home_node")
        ),
        ("CAP_SYS_PACCT", ["acct"]),
        ("CAP_SYS_PTRACE", ["kcmp", "pidfd_getfd", "process_madvise"]),
        ("CAP_SYS_RAWIO", ["ioperm", "iopl"]),
        ("CAP_SYS_TIME", ["clock_settime", "clock_settime64", "settimeofday", "stime"]),
        ("CAP_SYS_TTY_CONFIG", ["vhangup"]),
        ("CAP_SYSLOG", ["syslog"]),
    ]

    /// Calls that no container gets: they change the host as a whole, or their use in attacks outweighs their use.
    static let administration = words(
        """
        add_key keyctl request_key io_uring_setup io_uring_enter io_uring_register kexec_load kexec_file_load
        nfsservctl pivot_root swapon swapoff sysfs _sysctl uselib userfaultfd ustat vm86 vm86old
        """)

    private static func words(_ text: String) -> [String] {
        // Bytes, not characters: every start of a container pays for this.
        text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map { String(Substring($0)) }
    }
}
