/* The wall clock of a process, CLOCK_OFFSET seconds ahead; from CLOCK_AFTER seconds of its life on CLOCK_JUMP more. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long seconds(const char *name) {
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

static long offset(int (*real)(clockid_t, struct timespec *)) {
    static time_t began;
    struct timespec now;
    real(CLOCK_MONOTONIC, &now);
    if (!began) began = now.tv_sec;
    long found = seconds("CLOCK_OFFSET");
    return now.tv_sec - began >= seconds("CLOCK_AFTER") ? found + seconds("CLOCK_JUMP") : found;
}

int clock_gettime(clockid_t clock, struct timespec *at) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, at);
    if (!result && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) at->tv_sec += offset(real);
    return result;
}

int gettimeofday(struct timeval *at, void *zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
