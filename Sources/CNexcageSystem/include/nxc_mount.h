#ifndef NXC_MOUNT_H
#define NXC_MOUNT_H

/* Mounts. Each function returns 0, or -1 with errno set. */

/* mount(2). In C because <sys/mount.h> is not part of Swift's Glibc module. */
int nxc_mount(const char *source, const char *target, const char *type, unsigned long flags, const char *data);

/* umount2(2) with MNT_DETACH and UMOUNT_NOFOLLOW: the tree is free at once, whoever still looks into it. */
int nxc_unmount_detach(const char *target);

#endif
