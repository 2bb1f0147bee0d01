// systemd's library, loaded at the first use.
//
// Only the systemd cgroup manager talks to it, but linking it costs every call of nexcage about half a millisecond and a
// megabyte. So these definitions stand in for the ones of libsystemd.so.0: the symbols that libcrun 1.8 to 1.21 wants, which
// scripts/build-libcrun.sh compares. Without the library each call fails with ELIBACC, "can not access a needed shared
// library", and libcrun makes an ordinary error of that.
#include "nxc_crun_internal.h"

#ifdef NXC_HAS_LIBCRUN

#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>

// systemd's own types, seen from outside: all of them are only passed on.
typedef void *opaque;

static void *function(const char *name) {
    static _Atomic(void *) library;
    void *handle = atomic_load(&library);
    if (handle == NULL) {
        handle = dlopen("libsystemd.so.0", RTLD_NOW | RTLD_LOCAL);
        if (handle == NULL) return NULL;
        // Two threads here both get the same handle; the count of its users does not matter, it is never closed.
        atomic_store(&library, handle);
    }
    return dlsym(handle, name);
}

// A function with a fixed list of parameters: find it once, then call it.
#define FORWARD(result, name, parameters, arguments, absent) \
    result name parameters { \
        static _Atomic(void *) found; \
        void *target = atomic_load(&found); \
        if (target == NULL) { \
            target = function(#name); \
            if (target == NULL) return absent; \
            atomic_store(&found, target); \
        } \
        return ((result(*) parameters)target)arguments; \
    }

FORWARD(int, sd_bus_default_system, (opaque * bus), (bus), -ELIBACC)
FORWARD(int, sd_bus_default_user, (opaque * bus), (bus), -ELIBACC)
FORWARD(opaque, sd_bus_unref, (opaque bus), (bus), NULL)
FORWARD(int, sd_bus_process, (opaque bus, opaque *reply), (bus, reply), -ELIBACC)
FORWARD(int, sd_bus_wait, (opaque bus, uint64_t microseconds), (bus, microseconds), -ELIBACC)
FORWARD(
    int, sd_bus_call, (opaque bus, opaque message, uint64_t microseconds, opaque error, opaque *reply),
    (bus, message, microseconds, error, reply), -ELIBACC)
FORWARD(
    int, sd_bus_match_signal_async,
    (opaque bus, opaque *slot, const char *sender, const char *path, const char *interface, const char *member,
     opaque callback, opaque installed, opaque data),
    (bus, slot, sender, path, interface, member, callback, installed, data), -ELIBACC)
FORWARD(
    int, sd_bus_message_new_method_call,
    (opaque bus, opaque *message, const char *destination, const char *path, const char *interface, const char *member),
    (bus, message, destination, path, interface, member), -ELIBACC)
FORWARD(
    int, sd_bus_message_open_container, (opaque message, char type, const char *contents), (message, type, contents),
    -ELIBACC)
FORWARD(int, sd_bus_message_close_container, (opaque message), (message), -ELIBACC)
FORWARD(int, sd_bus_message_append_strv, (opaque message, char **strings), (message, strings), -ELIBACC)
FORWARD(
    int, sd_bus_message_append_array, (opaque message, char type, const void *bytes, size_t size),
    (message, type, bytes, size), -ELIBACC)
FORWARD(
    int, sd_bus_message_append_basic, (opaque message, char type, const void *value), (message, type, value), -ELIBACC)
FORWARD(opaque, sd_bus_message_unref, (opaque message), (message), NULL)
FORWARD(void, sd_bus_error_free, (opaque error), (error), )
FORWARD(int, sd_bus_error_get_errno, (const void *error), (error), ELIBACC)
FORWARD(int, sd_notify, (int unset_environment, const char *state), (unset_environment, state), -ELIBACC)
FORWARD(
    int, sd_notify_barrier, (int unset_environment, uint64_t microseconds), (unset_environment, microseconds), -ELIBACC)

// Functions with `...`: systemd has each of them with a va_list too, which C can pass on.
static int sd_bus_message_appendv(opaque message, const char *types, va_list values);
static int sd_bus_message_readv(opaque message, const char *types, va_list values);
FORWARD(
    int, sd_bus_message_appendv, (opaque message, const char *types, va_list values), (message, types, values),
    -ELIBACC)
FORWARD(
    int, sd_bus_message_readv, (opaque message, const char *types, va_list values), (message, types, values),
    -ELIBACC)

int sd_bus_message_append(opaque message, const char *types, ...) {
    va_list values;
    va_start(values, types);
    int result = sd_bus_message_appendv(message, types, values);
    va_end(values);
    return result;
}

int sd_bus_message_read(opaque message, const char *types, ...) {
    va_list values;
    va_start(values, types);
    int result = sd_bus_message_readv(message, types, values);
    va_end(values);
    return result;
}

// libcrun's journald log handler, which nexcage never installs, is its only caller, and it has no va_list form.
int sd_journal_send_with_location(const char *file, const char *line, const char *symbol, const char *format, ...) {
    (void)file, (void)line, (void)symbol, (void)format;
    return -ELIBACC;
}

#endif
