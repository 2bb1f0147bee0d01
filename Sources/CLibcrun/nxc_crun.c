// What is linked, and the way of a container from create to delete.
#include "nxc_crun_internal.h"

#include <stdio.h>
#include <string.h>

const char *nxc_crun_error_message(const nxc_crun_error *error) { return error->message; }

const char *nxc_crun_error_warnings(const nxc_crun_error *error) { return error->warnings; }

int nxc_crun_fail(nxc_crun_error *error, int status, const char *message) {
    if (error == NULL) return -1;
    memset(error, 0, sizeof *error);
    error->status = status;
    if (status != 0) {
        snprintf(error->message, sizeof error->message, "%s: %s", message, strerror(status));
    } else {
        snprintf(error->message, sizeof error->message, "%s", message);
    }
    return -1;
}

#ifdef NXC_HAS_LIBCRUN

#include <errno.h>
#include <git-version.h>
#include <stdlib.h>
#include <unistd.h>

bool nxc_crun_available(void) { return true; }

const char *nxc_crun_version(void) { return PACKAGE_VERSION; }

const char *nxc_crun_commit(void) { return GIT_VERSION; }

bool nxc_crun_has_criu(void) {
#if defined(HAVE_CRIU) && defined(HAVE_DLOPEN)
    return true;
#else
    return false;
#endif
}

static int create(libcrun_context_t *crun, void *argument, libcrun_error_t *err) {
    const char *json = argument;
    // libcrun takes the working directory for the bundle. This is the child's alone.
    if (chdir(crun->bundle) < 0) return libcrun_make_error(err, errno, "chdir `%s`", crun->bundle);
    libcrun_container_t *container = libcrun_container_load_from_memory(json, err);
    if (container == NULL) return -1;
    // Without PREFORK: the child of this call is that fork already, and an error comes back as one.
    int result = libcrun_container_create(crun, container, 0, err);
    libcrun_container_free(container);
    return result < 0 ? -1 : 0;
}

int nxc_crun_create(const nxc_crun_context *context, const void *json, size_t length, nxc_crun_error *error) {
    // libcrun's parser looks for the terminating zero.
    char *text = strndup(json, length);
    if (text == NULL) return nxc_crun_fail(error, errno, "copy config.json");
    int result = nxc_crun_call_forked(context, create, text, error);
    free(text);
    return result;
}

static int start(libcrun_context_t *crun, void *argument, libcrun_error_t *err) {
    (void)argument;
    return libcrun_container_start(crun, crun->id, err);
}

int nxc_crun_start(const nxc_crun_context *context, nxc_crun_error *error) {
    return nxc_crun_call(context, start, NULL, error);
}

typedef struct {
    const char *signal;
    bool all;
} kill_request;

static int send_signal(libcrun_context_t *crun, void *argument, libcrun_error_t *err) {
    const kill_request *request = argument;
    // libcrun takes an unknown name for the number 0, sends nothing and calls that a success.
    if (str2sig(request->signal) <= 0 && strcmp(request->signal, "0") != 0)
        return libcrun_make_error(err, 0, "unknown signal %s", request->signal);
    return request->all ? libcrun_container_killall(crun, crun->id, request->signal, err)
                        : libcrun_container_kill(crun, crun->id, request->signal, err);
}

int nxc_crun_kill(const nxc_crun_context *context, const char *signal, bool all, nxc_crun_error *error) {
    kill_request request = {.signal = signal, .all = all};
    return nxc_crun_call(context, send_signal, &request, error);
}

static int delete_container(libcrun_context_t *crun, void *argument, libcrun_error_t *err) {
    const bool *force = argument;
#ifdef NXC_LIBCRUN_DELETE_WITHOUT_DEFINITION
    return libcrun_container_delete(crun, crun->id, *force, err);
#else
    return libcrun_container_delete(crun, NULL, crun->id, *force, err);
#endif
}

int nxc_crun_delete(const nxc_crun_context *context, bool force, nxc_crun_error *error) {
    return nxc_crun_call(context, delete_container, &force, error);
}

#endif
