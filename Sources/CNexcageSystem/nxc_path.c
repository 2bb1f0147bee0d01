#define _GNU_SOURCE
#include "nxc_path.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/openat2.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

// <sys/mount.h> and <linux/mount.h> cannot both be included on glibc 2.36; the system calls are made by number, with
// the kernel's structures.
#include <linux/mount.h>

enum { EAGAIN_LIMIT = 1000 };

int nxc_open_in_root(int root, const char *path, int flags, int no_links) {
    struct open_how how;
    memset(&how, 0, sizeof how);
    how.flags = (unsigned)flags | O_CLOEXEC;
    how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | (no_links ? RESOLVE_NO_SYMLINKS : 0);
    for (int attempt = 0;; attempt++) {
        int fd = (int)syscall(SYS_openat2, root, path, &how, sizeof how);
        if (fd >= 0 || (errno != EAGAIN && errno != EINTR) || attempt == EAGAIN_LIMIT) return fd;
    }
}

int nxc_open_below(int directory, const char *name) {
    struct open_how how;
    memset(&how, 0, sizeof how);
    how.flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV;
    for (int attempt = 0;; attempt++) {
        int fd = (int)syscall(SYS_openat2, directory, name, &how, sizeof how);
        if (fd >= 0 || (errno != EAGAIN && errno != EINTR) || attempt == EAGAIN_LIMIT) return fd;
    }
}

// The number is the same on every architecture; Linux 6.6 has the call, Debian 12's headers do not name it.
#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

int nxc_chmod_at(int directory, const char *name, uint32_t mode) {
    int result = (int)syscall(SYS_fchmodat2, directory, name, mode, AT_SYMLINK_NOFOLLOW);
    if (result == 0 || errno != ENOSYS) return result;
    return fchmodat(directory, name, mode, AT_SYMLINK_NOFOLLOW);
}

int nxc_open_directory_path(const char *path) { return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC); }

int nxc_o_path(void) { return O_PATH; }

// Room for "/proc/self/fd/" with any int, a slash and the longest name.
enum { PROC_PATH_SIZE = 32 + 256 };

static int proc_path(char *out, int directory, const char *name) {
    int length = name ? snprintf(out, PROC_PATH_SIZE, "/proc/self/fd/%d/%s", directory, name)
                      : snprintf(out, PROC_PATH_SIZE, "/proc/self/fd/%d", directory);
    if (length < PROC_PATH_SIZE) return 0;
    errno = ENAMETOOLONG;
    return -1;
}

// Without a name the magic link itself is followed, to the very file of the descriptor, which may be O_PATH.
ptrdiff_t nxc_xattr_list(int directory, const char *name, char *list, size_t size) {
    char path[PROC_PATH_SIZE];
    if (proc_path(path, directory, name) < 0) return -1;
    return name ? llistxattr(path, list, size) : listxattr(path, list, size);
}

ptrdiff_t nxc_xattr_get(int directory, const char *name, const char *key, void *value, size_t size) {
    char path[PROC_PATH_SIZE];
    if (proc_path(path, directory, name) < 0) return -1;
    return name ? lgetxattr(path, key, value, size) : getxattr(path, key, value, size);
}

int nxc_xattr_set(int directory, const char *name, const char *key, const void *value, size_t size) {
    char path[PROC_PATH_SIZE];
    if (proc_path(path, directory, name) < 0) return -1;
    return name ? lsetxattr(path, key, value, size, 0) : setxattr(path, key, value, size, 0);
}

int nxc_clone_file(int target, int source) { return ioctl(target, FICLONE, source); }

ptrdiff_t nxc_copy_range(int target, int source, size_t length) {
    return copy_file_range(source, NULL, target, NULL, length, 0);
}

int nxc_sync_file_system(int descriptor) { return syncfs(descriptor); }

uint64_t nxc_device(unsigned major, unsigned minor) { return makedev(major, minor); }

int nxc_fs_open(const char *type) { return (int)syscall(SYS_fsopen, type, FSOPEN_CLOEXEC); }

int nxc_fs_set(int context, const char *key, const char *value) {
    unsigned command = value ? FSCONFIG_SET_STRING : FSCONFIG_SET_FLAG;
    return (int)syscall(SYS_fsconfig, context, command, key, value, 0);
}

int nxc_fs_create(int context) { return (int)syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0); }

int nxc_fs_mount(int context) { return (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, 0); }

ptrdiff_t nxc_fs_message(int context, char *text, size_t size) { return read(context, text, size); }

int nxc_tree_clone(const char *path, int recursive) {
    unsigned flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | (recursive ? AT_RECURSIVE : 0);
    return (int)syscall(SYS_open_tree, AT_FDCWD, path, flags);
}

int nxc_mount_read_only(int mount) {
    struct mount_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.attr_set = MOUNT_ATTR_RDONLY;
    return (int)syscall(SYS_mount_setattr, mount, "", AT_EMPTY_PATH | AT_RECURSIVE, &attributes, sizeof attributes);
}

int nxc_mount_attach(int mount, const char *target) {
    return (int)syscall(SYS_move_mount, mount, "", AT_FDCWD, target, MOVE_MOUNT_F_EMPTY_PATH);
}

int nxc_unshare_working_directory(void) { return unshare(CLONE_FS); }
