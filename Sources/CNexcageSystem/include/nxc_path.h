// Path resolution, attributes and detached mounts: what Swift cannot call itself. Every function returns what the
// system call returns and leaves errno; each line says why it is here.
//
// <sys/types.h> stays out: the module would claim mode_t and dev_t, which then could not appear in Swift's public API.
#ifndef NXC_PATH_H
#define NXC_PATH_H

#include <stddef.h>
#include <stdint.h>

// openat2(2) with RESOLVE_IN_ROOT and RESOLVE_NO_MAGICLINKS, retried while the kernel answers EAGAIN because
// somebody renamed or mounted meanwhile; with no_links also RESOLVE_NO_SYMLINKS. glibc has no wrapper and syscall(2) is variadic.
int nxc_open_in_root(int root, const char *path, int flags, int no_links);

// openat2(2) of a directory right below another one, neither through a symbolic link nor onto another mount (EXDEV).
int nxc_open_below(int directory, const char *name);

// fchmodat2(2) with AT_SYMLINK_NOFOLLOW, else glibc's emulation. glibc 2.36 has no wrapper for the call.
int nxc_chmod_at(int directory, const char *name, uint32_t mode);

// open(2) with O_PATH, O_DIRECTORY and O_CLOEXEC. O_PATH exists only with _GNU_SOURCE, which Swift's Glibc lacks.
int nxc_open_directory_path(const char *path);

// The value of O_PATH, for the same reason.
int nxc_o_path(void);

// setxattr(2) family on a name below a directory descriptor, the last component never followed. The *at forms are
// younger than Debian 12's kernel; <sys/xattr.h> is not in Swift's Glibc module. `name` NULL means the descriptor.
ptrdiff_t nxc_xattr_list(int directory, const char *name, char *list, size_t size);
ptrdiff_t nxc_xattr_get(int directory, const char *name, const char *key, void *value, size_t size);
int nxc_xattr_set(int directory, const char *name, const char *key, const void *value, size_t size);

// ioctl(2) FICLONE: the request number is a macro that Swift cannot evaluate.
int nxc_clone_file(int target, int source);

// copy_file_range(2) from both current offsets; declared only with _GNU_SOURCE.
ptrdiff_t nxc_copy_range(int target, int source, size_t length);

// syncfs(2); declared only with _GNU_SOURCE.
int nxc_sync_file_system(int descriptor);

// makedev(3), major(3) and minor(3) are macros.
uint64_t nxc_device(unsigned major, unsigned minor);

// fsopen(2), fsconfig(2), fsmount(2): <sys/mount.h> is not in Swift's Glibc module. `value` NULL sets a flag.
int nxc_fs_open(const char *type);
int nxc_fs_set(int context, const char *key, const char *value);
int nxc_fs_create(int context);
int nxc_fs_mount(int context);

// read(2) of a file-system context gives the kernel's own words about the last failure.
ptrdiff_t nxc_fs_message(int context, char *text, size_t size);

// open_tree(2) with OPEN_TREE_CLONE: a detached bind mount of a path, same header as above.
int nxc_tree_clone(const char *path, int recursive);

// mount_setattr(2) on a detached mount: read-only, same header as above.
int nxc_mount_read_only(int mount);

// move_mount(2) of a detached mount onto a path, same header as above.
int nxc_mount_attach(int mount, const char *target);

// unshare(2) of CLONE_FS: the calling thread gets a working directory of its own. Needs _GNU_SOURCE.
int nxc_unshare_working_directory(void);

#endif
