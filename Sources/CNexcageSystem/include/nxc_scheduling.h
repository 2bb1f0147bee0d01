#ifndef NXC_SCHEDULING_H
#define NXC_SCHEDULING_H

#include <stdint.h>

/* How the kernel places and ranks a process. pid 0 is the caller. Functions return 0, or -1 with errno set.
   In C because glibc has no wrappers for the system calls and Swift cannot call syscall(2), which is variadic. */

/* The fields of sched_setattr(2). */
struct nxc_scheduler {
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime; /* these three in nanoseconds */
    uint64_t deadline;
    uint64_t period;
};

/* sched_setattr(2). */
int nxc_set_scheduler(int pid, const struct nxc_scheduler *scheduler);

/* ioprio_set(2) for one process; `priority` is class << 13 | data. */
int nxc_set_io_priority(int pid, int priority);

/* sched_setaffinity(2); `mask` has one bit a CPU. */
int nxc_set_affinity(int pid, const uint64_t *mask, int words);

/* set_mempolicy(2) for the caller, whose children inherit it; `nodes` has one bit a node. */
int nxc_set_memory_policy(int mode, const uint64_t *nodes, int words);

#endif
