#ifndef NXC_ATTRIBUTES_H
#define NXC_ATTRIBUTES_H

#include <stdint.h>

/* Attributes of a process that glibc has no wrappers for. Functions return 0, or -1 with errno set. In C because syscall(2)
   is variadic. */

/* struct sched_attr of sched_setattr(2). */
struct nxc_scheduler {
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime; /* nanoseconds */
    uint64_t deadline;
    uint64_t period;
};

/* sched_setattr(2); 0 is the calling thread. */
int nxc_set_scheduler(int pid, const struct nxc_scheduler *scheduler);

/* ioprio_set(2) for one process: a class (1 real time, 2 best effort, 3 idle) and a priority in it. */
int nxc_set_io_priority(int pid, int io_class, int priority);

#endif
