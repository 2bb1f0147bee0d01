// How libcrun is called: with a context built from ours, and with everything that it says collected.
//
// libcrun reports through three doors: the error argument; an output handler, which is all that a forked process of its own
// has before it calls exit(); and, in `delete`, a FILE * that it finds by casting the handler's argument. All three end in
// one piece of shared memory, so that a text from any process of the call reaches the caller, and stderr stays the user's.
#include "nxc_crun_internal.h"

#ifdef NXC_HAS_LIBCRUN

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x00000080
#endif

typedef struct {
    _Atomic uint32_t end;
    char text[2048];
} nxc_log;

typedef struct {
    nxc_log message;
    nxc_log warnings;
    _Atomic int32_t status;
    _Atomic int32_t result;
    _Atomic bool finished; // the forked child came to its end
    _Atomic bool closed;   // nobody reads any more
} nxc_channel;

// libcrun's handler is a process-wide variable. A thread's own channel keeps two calls on two threads apart, and a fork
// goes on with the channel of the thread that forked.
static _Thread_local nxc_channel *current;

static const char separator[] = "; ";

// Space is reserved before it is filled, so that processes may write at the same time. The memory comes zeroed, and its last
// byte is never written.
static void append(nxc_log *log, const char *text, size_t length) {
    while (length > 0 && text[length - 1] == '\n') length--;
    if (length == 0) return;
    size_t separation = sizeof(separator) - 1;
    size_t at = atomic_fetch_add(&log->end, (uint32_t)(length + separation));
    size_t limit = sizeof(log->text) - 1;
    if (at >= limit) return;
    size_t kept = length < limit - at ? length : limit - at;
    memcpy(log->text + at, text, kept);
    if (at + kept + separation <= limit) memcpy(log->text + at + kept, separator, separation);
}

static void collect_text(int status, const char *message, bool warning) {
    if (current == NULL) return;
    char line[1536];
    int length = status != 0 ? snprintf(line, sizeof line, "%s: %s", message, strerror(status))
                             : snprintf(line, sizeof line, "%s", message);
    if (length < 0) return;
    size_t kept = (size_t)length < sizeof line ? (size_t)length : sizeof line - 1;
    if (current->closed) {
        // A detached process whose exec fails after the call has returned: its own stderr is all that is left.
        dprintf(STDERR_FILENO, "%s\n", line);
        return;
    }
    append(warning ? &current->warnings : &current->message, line, kept);
    int none = 0;
    if (!warning) atomic_compare_exchange_strong(&current->status, &none, status);
}

#ifdef NXC_LIBCRUN_HANDLER_TAKES_VERBOSITY
static void collect(int status, const char *message, int verbosity, void *argument) {
    (void)argument;
    collect_text(status, message, verbosity != LIBCRUN_VERBOSITY_ERROR);
}
#else
static void collect(int status, const char *message, bool warning, void *argument) {
    (void)argument;
    collect_text(status, message, warning);
}
#endif

static ssize_t collect_stream(void *cookie, const char *text, size_t length) {
    (void)cookie;
    if (current != NULL) append(&current->warnings, text, length);
    return (ssize_t)length;
}

static int perform(const nxc_crun_context *context, nxc_step step, void *argument) {
    cookie_io_functions_t functions = {.write = collect_stream};
    FILE *sink = fopencookie(NULL, "w", functions);
    if (sink == NULL) {
        collect_text(errno, "open a stream for libcrun's warnings", false);
        return -1;
    }
    setvbuf(sink, NULL, _IONBF, 0);

    libcrun_context_t crun = {
        .state_root = context->state_root,
        .id = context->id,
        .bundle = context->bundle != NULL ? context->bundle : ".",
        .console_socket = context->console_socket,
        .pid_file = context->pid_file,
        .notify_socket = context->notify_socket,
        .preserve_fds = context->preserve_fds + context->listen_fds,
        .listen_fds = context->listen_fds,
        .output_handler = collect,
        .output_handler_arg = sink,
        .fifo_exec_wait_fd = -1,
        .systemd_cgroup = context->systemd_cgroup,
        .detach = context->detach,
        .no_new_keyring = context->no_new_keyring,
        .force_no_cgroup = context->no_cgroup,
        .no_pivot = context->no_pivot,
    };
#ifdef NXC_LIBCRUN_HANDLER_WITHOUT_STDERR_FLAG
    crun_set_output_handler(collect, sink);
#else
    crun_set_output_handler(collect, sink, false);
#endif
    libcrun_set_verbosity(LIBCRUN_VERBOSITY_WARNING);

    // A hook may end without reading the state that libcrun writes to it; that must not kill us (scripts/build-libcrun.sh
    // has the other half). libcrun gives the container's processes their default signals back.
    void (*previous)(int) = signal(SIGPIPE, SIG_IGN);
    libcrun_error_t err = NULL;
    int result = step(&crun, argument, &err);
    signal(SIGPIPE, previous);
    if (err != NULL) {
        collect_text(err->status, err->msg, false);
        libcrun_error_release(&err);
        result = -1;
    }
    fclose(sink);
    // An attached exec whose program cannot be run "ends with code 1", and the child has said why.
    return result != 0 && current->message.end > 0 ? -1 : result;
}

// The length without the separator that follows the last message.
static size_t text_length(const nxc_log *log) {
    size_t length = strnlen(log->text, sizeof log->text - 1);
    size_t separation = sizeof(separator) - 1;
    bool separated = length >= separation && memcmp(log->text + length - separation, separator, separation) == 0;
    return separated ? length - separation : length;
}

static void copy_text(char *target, size_t size, const nxc_log *log) {
    size_t length = text_length(log);
    if (length >= size) length = size - 1;
    memcpy(target, log->text, length);
    target[length] = '\0';
}

static bool open_channel(nxc_crun_error *error) {
    void *memory = mmap(NULL, sizeof(nxc_channel), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        nxc_crun_fail(error, errno, "map memory for libcrun's messages");
        return false;
    }
    current = memory;
    return true;
}

// Ends the call: what was collected goes to the caller.
static int close_channel(int result, nxc_crun_error *error) {
    nxc_channel *channel = current;
    current = NULL;
    if (result < 0 && atomic_load(&channel->message.end) == 0) {
        strcpy(channel->message.text, "libcrun failed without saying why");
    }
    if (result >= 0) {
        // Said as an error, and gone on all the same: a failing poststart or poststop hook.
        append(&channel->warnings, channel->message.text, text_length(&channel->message));
        memset(&channel->message, 0, sizeof channel->message);
        channel->status = 0;
    }
    channel->closed = true;
    if (error != NULL) {
        error->status = channel->status;
        copy_text(error->message, sizeof error->message, &channel->message);
        copy_text(error->warnings, sizeof error->warnings, &channel->warnings);
    }
    munmap(channel, sizeof *channel);
    return result < 0 ? -1 : result;
}

int nxc_crun_call(const nxc_crun_context *context, nxc_step step, void *argument, nxc_crun_error *error) {
    if (!open_channel(error)) return -1;
    // A child that libcrun forks ends with exit(), which would write our buffered output a second time.
    fflush(NULL);
    return close_channel(perform(context, step, argument), error);
}

// The container's init lives on with what it inherits, and a pipe of an engine would stay open with it. The caller's lock
// alone is kept, close-on-exec: should the caller be killed, it marks who still works on the container.
static void close_foreign_descriptors(const nxc_crun_context *context) {
    unsigned first = (unsigned)(3 + context->preserve_fds + context->listen_fds);
    unsigned lock = (unsigned)context->lock_fd;
    if (context->lock_fd <= 0 || lock < first) {
        close_range(first, ~0U, 0);
        return;
    }
    if (lock > first) close_range(first, lock - 1, 0);
    close_range(lock + 1, ~0U, 0);
    fcntl(context->lock_fd, F_SETFD, FD_CLOEXEC);
}

typedef struct {
    const nxc_crun_context *context;
    nxc_step step;
    void *argument;
} nxc_forked_call;

// Our children, and so the container with them, will live in a new time namespace; we ourselves stay. libcrun 1.8.1 makes
// one of its own only to end the container's first process on the way.
static int enter_time_namespace(const char *offsets) {
    if (unshare(CLONE_NEWTIME) < 0) {
        collect_text(errno, "create a time namespace", false);
        return -1;
    }
    size_t length = strlen(offsets);
    if (length == 0) return 0;
    int file = open("/proc/self/timens_offsets", O_WRONLY | O_CLOEXEC);
    // The kernel takes all lines in one write or none.
    ssize_t written = file < 0 ? -1 : write(file, offsets, length);
    if (written < 0) collect_text(errno, "write to /proc/self/timens_offsets", false);
    if (file >= 0) close(file);
    return written < 0 ? -1 : 0;
}

static int forked_main(void *memory) {
    const nxc_forked_call *call = memory;
    close_foreign_descriptors(call->context);
    const char *offsets = call->context->time_offsets;
    bool ready = offsets == NULL || enter_time_namespace(offsets) == 0;
    current->result = ready ? perform(call->context, call->step, call->argument) : -1;
    current->finished = true;
    _exit(0);
}

// The child has descriptors, a working directory and signal handling of its own, which libcrun changes at will, but shares
// our memory while we are stopped (CLONE_VFORK): copying the page tables of a Swift program and faulting the pages in again
// costs as much as a third of what libcrun does. Nobody else runs meanwhile, and what libcrun allocates and forgets ends with
// the program. The container's own processes are copies, as libcrun makes them.
static pid_t start_child(nxc_forked_call *call, void *stack, size_t size) {
    return clone(forked_main, (char *)stack + size, CLONE_VM | CLONE_VFORK | SIGCHLD, call);
}

int nxc_crun_call_forked(const nxc_crun_context *context, nxc_step step, void *argument, nxc_crun_error *error) {
    if (!open_channel(error)) return -1;
    fflush(NULL);
    const size_t size = 8 << 20;
    void *stack = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
    if (stack == MAP_FAILED) {
        collect_text(errno, "map a stack", false);
        return close_channel(-1, error);
    }
    nxc_forked_call call = {.context = context, .step = step, .argument = argument};
    pid_t child = start_child(&call, stack, size);
    int failure = errno;
    int status = 0;
    if (child > 0) {
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    }
    munmap(stack, size);
    if (child < 0) {
        collect_text(failure, "clone", false);
        return close_channel(-1, error);
    }
    if (current->finished) return close_channel(current->result, error);
    if (current->message.end == 0 && WIFSIGNALED(status)) collect_text(0, strsignal(WTERMSIG(status)), false);
    return close_channel(-1, error);
}

#endif
