// The same functions in a build without libcrun: each of them says so, and the backend falls back to the crun command.
#include "nxc_crun_internal.h"

#ifndef NXC_HAS_LIBCRUN

#define ABSENT(type, name, ...) \
    type name(__VA_ARGS__, nxc_crun_error *error) { return nxc_crun_fail(error, 0, "libcrun is not part of this build"); }
#define CONTEXT const nxc_crun_context *context

bool nxc_crun_available(void) { return false; }

const char *nxc_crun_version(void) { return ""; }

const char *nxc_crun_commit(void) { return ""; }

bool nxc_crun_has_criu(void) { return false; }

ABSENT(int, nxc_crun_create, CONTEXT, const void *json, size_t length)
ABSENT(int, nxc_crun_start, CONTEXT)
ABSENT(int, nxc_crun_kill, CONTEXT, const char *signal, bool all)
ABSENT(int, nxc_crun_delete, CONTEXT, bool force)
ABSENT(int, nxc_crun_exec, CONTEXT, const nxc_crun_process *process)
ABSENT(int, nxc_crun_pause, CONTEXT)
ABSENT(int, nxc_crun_resume, CONTEXT)
ABSENT(int, nxc_crun_update, CONTEXT, const void *json, size_t length)
ABSENT(ssize_t, nxc_crun_pids, CONTEXT, bool recurse, pid_t **pids)
ABSENT(int, nxc_crun_checkpoint_container, CONTEXT, const nxc_crun_checkpoint *options)
ABSENT(int, nxc_crun_restore_container, CONTEXT, const nxc_crun_checkpoint *options)

#endif
