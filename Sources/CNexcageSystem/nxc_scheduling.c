#define _GNU_SOURCE
#include "nxc_scheduling.h"

#include <stddef.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The first version of the kernel's struct sched_attr, which glibc 2.36 has not. */
struct attributes {
    uint32_t size;
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime;
    uint64_t deadline;
    uint64_t period;
};

int nxc_set_scheduler(int pid, const struct nxc_scheduler *scheduler) {
    struct attributes attributes = {
        .size = sizeof attributes,
        .policy = scheduler->policy,
        .flags = scheduler->flags,
        .nice = scheduler->nice,
        .priority = scheduler->priority,
        .runtime = scheduler->runtime,
        .deadline = scheduler->deadline,
        .period = scheduler->period,
    };
    return (int) syscall(SYS_sched_setattr, pid, &attributes, 0);
}

int nxc_set_io_priority(int pid, int priority) {
    const int one_process = 1; /* IOPRIO_WHO_PROCESS */
    return (int) syscall(SYS_ioprio_set, one_process, pid, priority);
}

int nxc_set_affinity(int pid, const uint64_t *mask, int words) {
    return sched_setaffinity(pid, (size_t) words * sizeof *mask, (const cpu_set_t *) mask);
}

int nxc_set_memory_policy(int mode, const uint64_t *nodes, int words) {
    /* The kernel reads one bit less than it is told. */
    unsigned long count = words > 0 ? (unsigned long) words * 64 + 1 : 0;
    return (int) syscall(SYS_set_mempolicy, mode, words > 0 ? nodes : NULL, count);
}
