#ifndef NXC_SOCKET_H
#define NXC_SOCKET_H

/* Passing descriptors over Unix sockets. */

/* A listening SOCK_STREAM socket at path, close-on-exec. Returns it, or -1 with errno set.
   In C because sockaddr_un's path is a tuple in Swift. */
int nxc_listen_unix(const char *path);

/* Accepts one connection and receives one descriptor by SCM_RIGHTS, as a console socket's server does
   (runc's docs/terminals.md). Waits for timeout_ms at most (-1: for ever). Returns the descriptor, close-on-exec, or
   -1 with errno set. In C because CMSG_* are macros. */
int nxc_accept_descriptor(int listener, int timeout_ms);

#endif
