// What can be done to a running container: a further process, freezing, limits, its pids.
#include "nxc_crun_internal.h"

#ifdef NXC_HAS_LIBCRUN

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

// libcrun reads a process object from a path only. A file in memory gives bytes one. It is made inside the call, because a
// forked call closes what was open before.
static int process_file(const nxc_crun_process *process, char *path, size_t size, libcrun_error_t *err) {
    int file = memfd_create("process.json", MFD_CLOEXEC);
    if (file < 0) return libcrun_make_error(err, errno, "create a file in memory for the process");
    const char *bytes = process->json;
    for (size_t done = 0; done < process->json_length;) {
        ssize_t written = write(file, bytes + done, process->json_length - done);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            int reason = errno;
            close(file);
            return libcrun_make_error(err, reason, "write the process to memory");
        }
        done += (size_t)written;
    }
    snprintf(path, size, "/proc/self/fd/%d", file);
    return file;
}

static int execute(libcrun_context_t *crun, void *argument, libcrun_error_t *err) {
    const nxc_crun_process *process = argument;
    char memory_path[32];
    int memory = -1;
    if (process->json != NULL) {
        memory = process_file(process, memory_path, sizeof memory_path, err);
        if (memory < 0) return -1;
    }
    struct libcrun_container_exec_options_s options = {
        .struct_size = sizeof options,
        .path = process->json != NULL ? memory_path : process->path,
        .cgroup = process->cgroup,
    };
    int result = libcrun_container_exec_with_options(crun, crun->id, &options, err);
    if (memory >= 0) close(memory);
    return result;
}

int nxc_crun_exec(const nxc_crun_context *context, const nxc_crun_process *process, nxc_crun_error *error) {
    // Between Swift's pointers and libcrun's there is no const; `execute` only reads.
    void *argument = (void *)process;
    if (context->detach) return nxc_crun_call_forked(context, execute, argument, error);

    // In this process, because libcrun passes the signals on that it receives while it waits.
    sigset_t mask;
    sigprocmask(SIG_BLOCK, NULL, &mask);
    int dumpable = prctl(PR_GET_DUMPABLE);
    int result = nxc_crun_call(context, execute, argument, error);
    if (dumpable == 1) prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    return result;
}

static int pause_container(libcrun_context_t *crun, void *argument, libcrun_error_t *err) {
    (void)argument;
    return libcrun_container_pause(crun, crun->id, err);
}

int nxc_crun_pause(const nxc_crun_context *context, nxc_crun_error *error) {
    return nxc_crun_call(context, pause_container, NULL, error);
}

static int resume(libcrun_context_t *crun, void *argument, libcrun_error_t *err) {
    (void)argument;
    return libcrun_container_unpause(crun, crun->id, err);
}

int nxc_crun_resume(const nxc_crun_context *context, nxc_crun_error *error) {
    return nxc_crun_call(context, resume, NULL, error);
}

static int update(libcrun_context_t *crun, void *argument, libcrun_error_t *err) {
    const char *json = argument;
    return libcrun_container_update(crun, crun->id, json, strlen(json), err);
}

int nxc_crun_update(const nxc_crun_context *context, const void *json, size_t length, nxc_crun_error *error) {
    // libcrun's parser looks for the terminating zero and ignores the length.
    char *text = strndup(json, length);
    if (text == NULL) return nxc_crun_fail(error, errno, "copy the resources");
    int result = nxc_crun_call(context, update, text, error);
    free(text);
    return result;
}

typedef struct {
    bool recurse;
    pid_t *pids;
} pids_request;

static int read_pids(libcrun_context_t *crun, void *argument, libcrun_error_t *err) {
    pids_request *request = argument;
    return libcrun_container_read_pids(crun, crun->id, request->recurse, &request->pids, err);
}

ssize_t nxc_crun_pids(const nxc_crun_context *context, bool recurse, pid_t **pids, nxc_crun_error *error) {
    pids_request request = {.recurse = recurse};
    *pids = NULL;
    if (nxc_crun_call(context, read_pids, &request, error) < 0) {
        free(request.pids);
        return -1;
    }
    // libcrun's array ends with a zero; what its return value means differs from release to release.
    ssize_t count = 0;
    while (request.pids != NULL && request.pids[count] != 0) count++;
    *pids = request.pids;
    return count;
}

#endif
