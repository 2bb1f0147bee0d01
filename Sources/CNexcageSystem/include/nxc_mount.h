#ifndef NXC_MOUNT_H
#define NXC_MOUNT_H

/* Mounts. */

/* umount2(2) with MNT_DETACH and UMOUNT_NOFOLLOW: the tree is free at once, whoever still looks into it.
   Returns 0, or -1 with errno set. In C because <sys/mount.h> is not part of Swift's Glibc module. */
int nxc_unmount_detach(const char *target);

#endif
