#define _GNU_SOURCE
#include "nxc_terminal.h"

#include <sys/ioctl.h>
#include <termios.h>

static struct termios saved;

int nxc_terminal_raw(int descriptor) {
    if (tcgetattr(descriptor, &saved) < 0)
        return -1;
    struct termios raw = saved;
    cfmakeraw(&raw);
    return tcsetattr(descriptor, TCSANOW, &raw);
}

int nxc_terminal_restore(int descriptor) {
    return tcsetattr(descriptor, TCSANOW, &saved);
}

int nxc_terminal_copy_size(int from, int to) {
    struct winsize size;
    if (ioctl(from, TIOCGWINSZ, &size) < 0)
        return -1;
    return ioctl(to, TIOCSWINSZ, &size);
}
