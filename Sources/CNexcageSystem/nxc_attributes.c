#define _GNU_SOURCE
#include "nxc_attributes.h"

#include <linux/ioprio.h>
#include <linux/sched/types.h>
#include <sys/syscall.h>
#include <unistd.h>

int nxc_set_scheduler(int pid, const struct nxc_scheduler *scheduler) {
    struct sched_attr attributes = {
        .size = sizeof attributes,
        .sched_policy = scheduler->policy,
        .sched_flags = scheduler->flags,
        .sched_nice = scheduler->nice,
        .sched_priority = scheduler->priority,
        .sched_runtime = scheduler->runtime,
        .sched_deadline = scheduler->deadline,
        .sched_period = scheduler->period,
    };
    return (int) syscall(SYS_sched_setattr, pid, &attributes, 0);
}

int nxc_set_io_priority(int pid, int io_class, int priority) {
    return (int) syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, pid, IOPRIO_PRIO_VALUE(io_class, priority));
}
