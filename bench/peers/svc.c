/* svc: the child that the supervisors under comparison run.
 *
 *   svc PIPE NAME [ready-ms=N] [ready-file=PATH] [ready-fd=N] [port=N] [stop-ms=N] [lines=N] [lines-ms=N]
 *
 * With lines it writes so many log lines once it is ready, as fast as it can or spread over lines-ms.
 * It tells PIPE, a named pipe that the harness reads, what happens to it, one line of
 * "EVENT NAME PID NANOSECONDS" each, stamped with CLOCK_MONOTONIC:
 *   start   main() was entered
 *   ready   about to announce readiness, ready-ms after the start
 *   logged  all log lines are written
 *   exit    SIGTERM or SIGINT was heard and stop-ms are over
 * Readiness is announced on every channel it is given: sd_notify (NOTIFY_SOCKET), a file that
 * appears, a newline on a file descriptor, a TCP port on loopback that opens. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { LINE = 100, LINES_AT_ONCE = 40, MILLISECOND = 1000000 };

static const char *name;
static int pipe_fd;

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* One write of less than PIPE_BUF: lines of several children never mix. */
static void tell(const char *event, long long at)
{
    char line[256];
    int length = snprintf(line, sizeof line, "%s %s %d %lld\n", event, name, getpid(), at);
    if (write(pipe_fd, line, length) != length)
        _exit(3);
}

/* Waits, and returns whether it was asked to stop meanwhile. */
static int wait_ms(const sigset_t *stops, long ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000L};
    return sigtimedwait(stops, NULL, &time) > 0;
}

static void notify(void)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    if (!path || strlen(path) >= sizeof to.sun_path)
        return;
    strcpy(to.sun_path, path);
    if (path[0] == '@')
        to.sun_path[0] = 0;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    socklen_t size = offsetof(struct sockaddr_un, sun_path) + strlen(path);
    if (sendto(fd, "READY=1", 7, 0, (struct sockaddr *)&to, size) < 0)
        perror("svc: notify");
    close(fd);
}

static void open_port(int port)
{
    struct sockaddr_in at = {AF_INET, htons(port), {htonl(INADDR_LOOPBACK)}, {0}};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, 16))
        perror("svc: port");
}

static void announce(const char *file, int fd, int port)
{
    if (file)
        close(open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
    if (fd >= 0) {
        if (write(fd, "\n", 1) != 1)
            perror("svc: ready-fd");
        close(fd);
    }
    if (port)
        open_port(port);
    notify();
}

/* Numbered lines of LINE bytes on stdout, so that a reader sees what is lost or doubled. */
static void log_lines(long count, long ms)
{
    static char block[LINE * LINES_AT_ONCE];
    long long begun = now();
    for (long next = 0; next < count;) {
        long long early = begun + next * (ms * 1000000LL) / count - now();
        if (early > MILLISECOND) {
            struct timespec pause = {early / 1000000000LL, early % 1000000000LL};
            nanosleep(&pause, NULL);
        }
        int length = 0;
        for (; next < count && length < (int)sizeof block; next++, length += LINE) {
            memset(block + length, 'x', LINE);
            char number[24];
            snprintf(number, sizeof number, "%010ld ", next);
            memcpy(block + length, number, 11);
            block[length + LINE - 1] = '\n';
        }
        for (int written = 0; written < length;) {
            ssize_t some = write(1, block + written, length - written);
            if (some < 0 && errno != EINTR)
                _exit(4);
            written += some > 0 ? some : 0;
        }
    }
    tell("logged", now());
}

static const char *value(const char *argument, const char *key)
{
    size_t length = strlen(key);
    return strncmp(argument, key, length) == 0 && argument[length] == '=' ? argument + length + 1 : NULL;
}

int main(int count, char **arguments)
{
    long long start = now();
    long ready_ms = 0, stop_ms = 0, lines = 0, lines_ms = 0;
    const char *file = NULL, *text;
    int fd = -1, port = 0, asked, signal_number;

    if (count < 3)
        return 2;
    name = arguments[2];
    pipe_fd = open(arguments[1], O_WRONLY | O_CLOEXEC);
    for (int i = 3; i < count; i++) {
        if ((text = value(arguments[i], "ready-ms")))
            ready_ms = atol(text);
        else if ((text = value(arguments[i], "ready-file")))
            file = text;
        else if ((text = value(arguments[i], "ready-fd")))
            fd = atoi(text);
        else if ((text = value(arguments[i], "port")))
            port = atoi(text);
        else if ((text = value(arguments[i], "stop-ms")))
            stop_ms = atol(text);
        else if ((text = value(arguments[i], "lines")))
            lines = atol(text);
        else if ((text = value(arguments[i], "lines-ms")))
            lines_ms = atol(text);
        else
            return 2;
    }

    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    sigprocmask(SIG_BLOCK, &stops, NULL);
    signal(SIGHUP, SIG_IGN);

    tell("start", start);
    asked = ready_ms > 0 && wait_ms(&stops, ready_ms);
    if (!asked) {
        long long ready = now();
        announce(file, fd, port);
        tell("ready", ready);
        if (lines)
            log_lines(lines, lines_ms);
        sigwait(&stops, &signal_number);
    }
    if (stop_ms)
        wait_ms(&stops, stop_ms);
    tell("exit", now());
    return 0;
}
