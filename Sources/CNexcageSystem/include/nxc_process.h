#ifndef NXC_PROCESS_H
#define NXC_PROCESS_H

#include <stdbool.h>

/* Processes and signals. Functions return 0 or more, or -1 with errno set, unless they say otherwise. */

/* prctl(PR_SET_CHILD_SUBREAPER). In C because prctl is variadic. */
int nxc_set_child_subreaper(bool on);

/* pidfd_open(2). In C because glibc 2.36 has it in a header that Swift's Glibc module leaves out. */
int nxc_pidfd_open(int pid);

/* pidfd_send_signal(2). In C for the same reason. */
int nxc_pidfd_send_signal(int pidfd, int signal);

/* A signalfd(2) for the given signals, which are blocked for the calling thread. In C because sigset_t's macros and signalfd are not importable. */
int nxc_signal_descriptor(const int *signals, int count);

/* Reads one signal from a signalfd. Returns its number, 0 if none is waiting, -1 on failure. */
int nxc_read_signal(int signalfd);

/* Unblocks every signal for the calling thread. In C for sigfillset. */
int nxc_unblock_signals(void);

/* pipe2(2) with O_CLOEXEC. In C because pipe2 needs _GNU_SOURCE, which Swift's Glibc module does not set. */
int nxc_pipe(int ends[2]);

/* fork(2) into a session of its own. Returns the pid in the parent, 0 in the child. In C because Swift hides fork; only for a
   process of one thread. */
int nxc_fork_session(void);

/* What a wait status says: exit code, or 128 + signal. In C because W* are macros. */
int nxc_exit_code(int wait_status);

/* What nxc_spawn starts. */
struct nxc_spawn {
    const char *path;           /* absolute */
    char *const *argv;
    char *const *envp;
    const char *directory;      /* NULL: the caller's */
    int standard_input;         /* descriptors that become 0, 1 and 2 */
    int standard_output;
    int standard_error;
    bool inherit_descriptors;   /* pass every descriptor above 2 that is not close-on-exec */
    bool new_session;
};

/* posix_spawn(3) with default signal dispositions and an empty mask. Returns the pid, or -errno.
   In C because its attribute types are opaque to Swift on some glibc versions and addclosefrom_np is GNU only. */
int nxc_spawn(const struct nxc_spawn *plan);

#endif
