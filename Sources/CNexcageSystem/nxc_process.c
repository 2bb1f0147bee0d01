#define _GNU_SOURCE
#include "nxc_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int nxc_set_child_subreaper(bool on) {
    return prctl(PR_SET_CHILD_SUBREAPER, on ? 1UL : 0UL, 0UL, 0UL, 0UL);
}

int nxc_pidfd_open(int pid) {
    return (int) syscall(SYS_pidfd_open, pid, 0);
}

int nxc_pidfd_send_signal(int pidfd, int signal) {
    return (int) syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

int nxc_signal_descriptor(const int *signals, int count) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < count; i++)
        sigaddset(&set, signals[i]);
    if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
        return -1;
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int nxc_read_signal(int fd) {
    struct signalfd_siginfo info;
    ssize_t count = read(fd, &info, sizeof info);
    if (count == (ssize_t) sizeof info)
        return (int) info.ssi_signo;
    return errno == EAGAIN || errno == EINTR ? 0 : -1;
}

int nxc_unblock_signals(void) {
    sigset_t all;
    sigfillset(&all);
    return sigprocmask(SIG_UNBLOCK, &all, NULL);
}

int nxc_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC);
}

int nxc_fork_session(void) {
    pid_t pid = fork();
    if (pid == 0)
        setsid();
    return pid;
}

int nxc_exit_code(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int fill_actions(posix_spawn_file_actions_t *actions, const struct nxc_spawn *plan) {
    const int sources[3] = {plan->standard_input, plan->standard_output, plan->standard_error};
    /* A source that is itself 0, 1 or 2 could be overwritten before it is copied, so all go above 2 first. */
    const int parked = 240;
    int failure = 0;
    for (int i = 0; i < 3 && failure == 0; i++)
        failure = posix_spawn_file_actions_adddup2(actions, sources[i], parked + i);
    for (int i = 0; i < 3 && failure == 0; i++)
        failure = posix_spawn_file_actions_adddup2(actions, parked + i, i);
    for (int i = 0; i < 3 && failure == 0; i++)
        failure = posix_spawn_file_actions_addclose(actions, parked + i);
    if (failure == 0 && !plan->inherit_descriptors)
        failure = posix_spawn_file_actions_addclosefrom_np(actions, 3);
    if (failure == 0 && plan->directory)
        failure = posix_spawn_file_actions_addchdir_np(actions, plan->directory);
    return failure;
}

static int fill_attributes(posix_spawnattr_t *attributes, const struct nxc_spawn *plan) {
    sigset_t every, none;
    sigfillset(&every);
    sigemptyset(&none);
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    if (plan->new_session)
        flags |= POSIX_SPAWN_SETSID;
    int failure = posix_spawnattr_setsigdefault(attributes, &every);
    if (failure == 0)
        failure = posix_spawnattr_setsigmask(attributes, &none);
    if (failure == 0)
        failure = posix_spawnattr_setflags(attributes, flags);
    return failure;
}

int nxc_spawn(const struct nxc_spawn *plan) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    pid_t pid = -1;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure != 0)
        return -failure;
    failure = posix_spawnattr_init(&attributes);
    if (failure == 0) {
        failure = fill_actions(&actions, plan);
        if (failure == 0)
            failure = fill_attributes(&attributes, plan);
        if (failure == 0)
            failure = posix_spawn(&pid, plan->path, &actions, &attributes, plan->argv, plan->envp);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return failure == 0 ? pid : -failure;
}
