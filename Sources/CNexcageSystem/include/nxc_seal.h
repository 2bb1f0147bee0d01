#ifndef NXC_SEAL_H
#define NXC_SEAL_H

/* A process that lets foreign code run must not be an image of the program on the disk: whoever can open its
   /proc/PID/exe could write to that program (CVE-2019-5736).

   Re-executes the program from a read-only clone of its own mount, which leaves nothing behind, and returns 0 at once when
   that has happened or when the program lies on a read-only file system. It loses everything but argv, the environment and
   descriptors. Returns -1 with errno set where the kernel cannot do it (before 5.12).

   A constructor calls it as soon as the program starts with a verb that needs it, because then there is nothing to do twice.
   In C because it has to run before Swift's runtime does. */
int nxc_seal_process(void);

/* The path of the program that this process was started from, or NULL with errno set. A sealed process knows it too, though
   its /proc/self/exe leads nowhere. */
const char *nxc_program_path(void);

/* Executes another program with this one's arguments and environment. Returns -1 with errno set if that fails. */
int nxc_program_replace(const char *path);

#endif
