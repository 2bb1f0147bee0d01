#ifndef NXC_TERMINAL_H
#define NXC_TERMINAL_H

/* Terminals. Functions return 0, or -1 with errno set. */

/* Puts the terminal into raw mode and keeps its settings for nxc_terminal_restore; one terminal a process.
   In C because struct termios is a tuple of flags in Swift and its constants are macros. */
int nxc_terminal_raw(int descriptor);

/* Gives the terminal of nxc_terminal_raw its settings back. */
int nxc_terminal_restore(int descriptor);

/* Gives `to` the window size of `from`. In C because ioctl is variadic. */
int nxc_terminal_copy_size(int from, int to);

#endif
