#define _GNU_SOURCE
#include "nxc_seal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/mount.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

/* How the path of the program reaches its sealed image. */
#define PATH_VARIABLE "NEXCAGE_SEALED_PROGRAM"

static char **arguments;
static char path_of_sealed[PATH_MAX];

static bool is_sealed(void) {
    struct statvfs information;
    return statvfs("/proc/self/exe", &information) == 0 && (information.f_flag & ST_RDONLY);
}

int nxc_seal_process(void) {
    if (is_sealed())
        return 0;
    if (arguments == NULL) {
        errno = ENOTSUP;
        return -1;
    }
    int clone = (int) syscall(SYS_open_tree, AT_FDCWD, "/proc/self/exe", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
    if (clone < 0)
        return -1;
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY};
    const char *path = nxc_program_path();
    if (syscall(SYS_mount_setattr, clone, "", AT_EMPTY_PATH, &attributes, sizeof attributes) == 0 && path != NULL &&
        setenv(PATH_VARIABLE, path, 1) == 0)
        syscall(SYS_execveat, clone, "", arguments, environ, AT_EMPTY_PATH);
    int failure = errno;
    unsetenv(PATH_VARIABLE);
    close(clone);
    errno = failure;
    return -1;
}

const char *nxc_program_path(void) {
    static char path[PATH_MAX];
    if (path_of_sealed[0] != '\0')
        return path_of_sealed;
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length < 0)
        return NULL;
    path[length] = '\0';
    return path;
}

int nxc_program_replace(const char *path) {
    if (arguments == NULL)
        errno = ENOTSUP;
    else
        execv(path, arguments);
    return -1;
}

/* Not for the programs that this one starts, least of all a container's. */
static void take_path_of_sealed(void) {
    const char *path = getenv(PATH_VARIABLE);
    if (path == NULL)
        return;
    if (strlen(path) < sizeof path_of_sealed)
        strcpy(path_of_sealed, path);
    unsetenv(PATH_VARIABLE);
}

/* glibc hands main's arguments to constructors. A failure is left to the caller of nxc_seal_process, which can report it;
   a container that is named like a verb costs a re-execution and nothing else. */
__attribute__((constructor(101))) static void seal_early(int count, char **words) {
    static const char *const verbs[] = {"create", "run", "exec", "restore"};
    arguments = words;
    take_path_of_sealed();
    for (int i = 1; i < count; i++)
        for (size_t v = 0; v < sizeof verbs / sizeof *verbs; v++)
            if (strcmp(words[i], verbs[v]) == 0) {
                nxc_seal_process();
                return;
            }
}
