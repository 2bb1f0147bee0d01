// Stays beside a detached container of an image: keeps its terminal, records how it ended, and has it removed if asked.
//
// It replaces the process that created the container, and is the container's reaper therefore. A program of its own and in
// C, because it lives as long as the container: a megabyte of a Swift runtime beside each of a thousand containers is a
// gigabyte (docs/adr/0004).
//
//   nexcage-monitor PID EXIT-FILE TERMINAL LOG [PROGRAM ARGUMENT...]
//
// PID is the container's first process, EXIT-FILE gets its exit code, TERMINAL is a descriptor whose output goes to LOG, or
// -1. PROGRAM is executed at the end. Exit: 0, 1 for a failure on the way, 2 for wrong arguments.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail(const char *what) {
    fprintf(stderr, "nexcage-monitor: %s: %m\n", what);
    exit(1);
}

// A full disk costs the log, not the container: the terminal must be read on, or the container would stand still.
static void append(int log, const char *bytes, ssize_t count) {
    while (count > 0) {
        ssize_t written = write(log, bytes, (size_t) count);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        bytes += written;
        count -= written;
    }
}

// Returns false when the terminal has closed.
static bool carry(int terminal, int log) {
    char buffer[4096];
    ssize_t count = read(terminal, buffer, sizeof buffer);
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (count <= 0)
        return false;
    append(log, buffer, count);
    return true;
}

// What is still in the terminal when its last process has gone.
static void drain(int terminal, int log) {
    struct pollfd waiting = {.fd = terminal, .events = POLLIN};
    while (poll(&waiting, 1, 0) > 0 && (waiting.revents & POLLIN) && carry(terminal, log))
        ;
}

// Returns the wait status once the process has ended, or -1.
static int reap(pid_t wanted) {
    int status, found = -1;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        if (pid == wanted)
            found = status;
    if (pid < 0 && errno == ECHILD && found < 0)
        fail("the container is not a child of this process");
    return found;
}

static void record(const char *path, int status) {
    char partial[PATH_MAX];
    if (snprintf(partial, sizeof partial, "%s.partial", path) >= (int) sizeof partial)
        return;
    FILE *file = fopen(partial, "we");
    // Its folder is gone when somebody has deleted the container.
    if (file == NULL)
        return;
    fprintf(file, "%d\n", WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
    bool written = fclose(file) == 0;
    if (!written || rename(partial, path) != 0)
        unlink(partial);
}

int main(int count, char **words) {
    if (count < 5) {
        fputs("nexcage-monitor: started by nexcage only\n", stderr);
        return 2;
    }
    pid_t container = (pid_t) strtol(words[1], NULL, 10);
    int terminal = (int) strtol(words[3], NULL, 10);
    int log = terminal < 0 ? -1 : open(words[4], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (terminal >= 0 && log < 0)
        fail(words[4]);

    sigset_t child_ends;
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    sigprocmask(SIG_SETMASK, &child_ends, NULL);
    // Closing the terminal from which the container was started is not its end.
    signal(SIGHUP, SIG_IGN);
    int signals = signalfd(-1, &child_ends, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0)
        fail("signalfd");

    int status;
    while ((status = reap(container)) < 0) {
        struct pollfd waiting[] = {{.fd = signals, .events = POLLIN}, {.fd = terminal, .events = POLLIN}};
        if (poll(waiting, 2, -1) < 0 && errno != EINTR)
            fail("poll");
        struct signalfd_siginfo signal;
        while (read(signals, &signal, sizeof signal) > 0)
            ;
        if (waiting[1].revents != 0 && !carry(terminal, log))
            terminal = -1;
    }
    if (terminal >= 0)
        drain(terminal, log);
    record(words[2], status);
    if (count == 5)
        return 0;
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execv(words[5], words + 5);
    fail(words[5]);
}
