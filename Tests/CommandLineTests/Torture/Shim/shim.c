// Stands between a program and the C library, and watches the files below one directory. It is loaded with LD_PRELOAD
// and told what to do by the environment:
//
//   SHIM_ROOT    the directory; calls on other files pass untouched
//   SHIM_TRACE   a file that gets a record of every call that changes something, in the order in which they took effect
//   SHIM_FAULT   KIND:N:WHAT, the N-th call (from 1) of a kind fails with an error number, or is SHORT
//   SHIM_REPORT  a file that gets the number of calls of each kind when the process ends, and HIT once a fault struck
//   SHIM_FREE    free bytes that statvfs shall report
//   SHIM_READONLY  nothing can be changed, as on a file system that is mounted read-only
//   SHIM_NOSYNC  syncs succeed at once, to look at images of disks in less time
//
// One lock is held around a call and its record. So a sync in the trace covers exactly the writes in front of it.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FD_MAX = 1024, PATH_LENGTH = 4096 };

// What a record is about. Swift reads these numbers.
enum { OPEN = 1, WRITE, TRUNCATE, RENAME, UNLINK, MKDIR, SYNC, OUTPUT, RMDIR, LINK };

struct record {
  uint32_t kind, process;
  int32_t descriptor, flags;
  int64_t offset, length;
};

// Kinds of calls that can fail.
enum { F_OPEN, F_READ, F_WRITE, F_SYNC, F_TRUNCATE, F_MKDIR, F_RENAME, F_UNLINK, F_MMAP, F_LIST, F_KINDS };
static const char *const names[F_KINDS] = {"open",  "read",   "write",  "sync", "truncate",
                                           "mkdir", "rename", "unlink", "mmap", "list"};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char watched[FD_MAX], synchronous[FD_MAX];
static char root[PATH_LENGTH];
static size_t root_length;
static int trace = -1, report = -1, no_sync, read_only;
static long counts[F_KINDS], fault_number;
static int fault_kind = -1, fault_error, fault_short;
static long long free_bytes = -1;

static int keep_open(const char *name, int flags) {
  const char *path = getenv(name);
  if (!path) return -1;
  int low = syscall(SYS_openat, AT_FDCWD, path, flags, 0600);
  int high = fcntl(low, F_DUPFD_CLOEXEC, 800);
  if (high < 0) return low;
  syscall(SYS_close, low);
  return high;
}

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("SHIM_ROOT");
  if (!text) return;
  snprintf(root, sizeof root, "%s", text);
  root_length = strlen(root);
  trace = keep_open("SHIM_TRACE", O_WRONLY | O_CREAT | O_APPEND);
  report = keep_open("SHIM_REPORT", O_WRONLY | O_CREAT | O_APPEND);
  no_sync = getenv("SHIM_NOSYNC") != NULL;
  read_only = getenv("SHIM_READONLY") != NULL;
  if ((text = getenv("SHIM_FREE"))) free_bytes = atoll(text);
  char kind[32], what[32];
  if ((text = getenv("SHIM_FAULT")) && sscanf(text, "%31[^:]:%ld:%31s", kind, &fault_number, what) == 3) {
    for (int i = 0; i < F_KINDS; i++)
      if (!strcmp(kind, names[i])) fault_kind = i;
    fault_short = !strcmp(what, "SHORT");
    fault_error = atoi(what);
  }
}

__attribute__((destructor)) static void end(void) {
  if (report < 0) return;
  for (int i = 0; i < F_KINDS; i++)
    if (counts[i]) dprintf(report, "%s %ld\n", names[i], counts[i]);
}

static int is_within(const char *path) {
  return root_length && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

// Whether the path lies below the root. Relative paths count from the working directory.
static int resolve(const char *path, char *whole) {
  if (!path || !root_length) return 0;
  if (path[0] == '/')
    snprintf(whole, PATH_LENGTH, "%s", path);
  else if (getcwd(whole, PATH_LENGTH))
    snprintf(whole + strlen(whole), PATH_LENGTH - strlen(whole), "/%s", path);
  return is_within(whole);
}

static int is_watched(int fd) { return fd >= 0 && fd < FD_MAX && watched[fd]; }

static void put(uint32_t kind, int fd, int flags, int64_t offset, const struct iovec *parts, int count) {
  if (trace < 0) return;
  int64_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  struct record head = {kind, (uint32_t)getpid(), fd, flags, offset, length};
  char *all = malloc(sizeof head + length), *end = all + sizeof head;
  memcpy(all, &head, sizeof head);
  for (int i = 0; i < count; end += parts[i++].iov_len) memcpy(end, parts[i].iov_base, parts[i].iov_len);
  for (char *rest = all; rest < end;) {
    long done = syscall(SYS_write, trace, rest, end - rest);
    if (done <= 0) abort();
    rest += done;
  }
  free(all);
}

static void put_text(uint32_t kind, int fd, int flags, const char *text) {
  struct iovec part = {(void *)text, strlen(text)};
  put(kind, fd, flags, 0, &part, 1);
}

static void put_bytes(int fd, const void *bytes, int64_t count, int64_t offset) {
  struct iovec part = {(void *)bytes, count};
  put(WRITE, fd, synchronous[fd], offset, &part, 1);
}

// Counts a call. Returns whether it shall fail; a short one does not.
static int strikes(int kind) {
  if (read_only && (kind == F_MKDIR || kind == F_RENAME || kind == F_UNLINK)) {
    errno = EROFS;
    return 1;
  }
  if (++counts[kind] != fault_number || kind != fault_kind) return 0;
  if (report >= 0) dprintf(report, "HIT\n");
  errno = fault_error;
  return 1;
}

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))
#define LOCK pthread_mutex_lock(&lock)
#define UNLOCK                                                                                                         \
  do {                                                                                                                 \
    int kept = errno;                                                                                                  \
    pthread_mutex_unlock(&lock);                                                                                       \
    errno = kept;                                                                                                      \
  } while (0)

static int open_file(int folder, const char *path, int flags, mode_t mode) {
  char whole[PATH_LENGTH];
  int within = resolve(path, whole), fd = -1;
  if (!within) {
    fd = syscall(SYS_openat, folder, path, flags, mode);
    if (fd >= 0 && fd < FD_MAX) watched[fd] = 0;
    return fd;
  }
  LOCK;
  if (!strikes(F_OPEN)) {
    struct stat status;
    int is_new = stat(whole, &status) != 0;
    if (read_only && (flags & O_ACCMODE || (is_new && flags & O_CREAT))) {
      UNLOCK;
      errno = EROFS;
      return -1;
    }
    fd = syscall(SYS_openat, folder, path, no_sync ? flags & ~(O_SYNC | O_DSYNC) : flags, mode);
    if (fd >= 0 && fd < FD_MAX) {
      int kept = errno;
      watched[fd] = 1;
      synchronous[fd] = (flags & O_DSYNC) != 0;
      // The flags of the record: 1 created, 2 truncated.
      put_text(OPEN, fd, (is_new && flags & O_CREAT ? 1 : 0) | (flags & O_TRUNC ? 2 : 0), whole);
      errno = kept;
    }
  }
  UNLOCK;
  return fd;
}

#define MODE                                                                                                           \
  mode_t mode = 0;                                                                                                     \
  if (flags & O_CREAT) {                                                                                               \
    va_list rest;                                                                                                      \
    va_start(rest, flags);                                                                                             \
    mode = va_arg(rest, mode_t);                                                                                       \
    va_end(rest);                                                                                                      \
  }

int open(const char *path, int flags, ...) { MODE return open_file(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return open_file(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE return open_file(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE return open_file(folder, path, flags, mode); }

int close(int fd) {
  if (fd >= 0 && fd < FD_MAX) watched[fd] = 0;
  return syscall(SYS_close, fd);
}

static ssize_t write_at(int fd, const void *bytes, size_t count, int64_t offset, int positioned) {
  LOCK;
  ssize_t done = -1;
  int hit = strikes(F_WRITE);
  if (!hit || fault_short) {
    if (hit && count > 1) count /= 2;
    if (!positioned) offset = syscall(SYS_lseek, fd, 0, SEEK_CUR);
    done = positioned ? syscall(SYS_pwrite64, fd, bytes, count, offset) : syscall(SYS_write, fd, bytes, count);
    if (done > 0) put_bytes(fd, bytes, done, offset);
  }
  UNLOCK;
  return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  return is_watched(fd) ? write_at(fd, bytes, count, offset, 1) : syscall(SYS_pwrite64, fd, bytes, count, offset);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) { return pwrite(fd, bytes, count, offset); }

ssize_t write(int fd, const void *bytes, size_t count) {
  if (is_watched(fd)) return write_at(fd, bytes, count, 0, 0);
  LOCK;
  ssize_t done = syscall(SYS_write, fd, bytes, count);
  struct iovec part = {(void *)bytes, done > 0 ? done : 0};
  int kept = errno;
  if (root_length && done > 0 && (fd == 1 || fd == 2)) put(OUTPUT, fd, 0, 0, &part, 1);
  errno = kept;
  UNLOCK;
  return done;
}

static ssize_t write_parts(int fd, const struct iovec *parts, int count, int64_t offset, int positioned) {
  if (!is_watched(fd))
    return positioned ? syscall(SYS_pwritev, fd, parts, count, offset, 0) : syscall(SYS_writev, fd, parts, count);
  size_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  char *all = malloc(length ? length : 1), *end = all;
  for (int i = 0; i < count; end += parts[i++].iov_len) memcpy(end, parts[i].iov_base, parts[i].iov_len);
  ssize_t done = write_at(fd, all, length, offset, positioned);
  int kept = errno;
  free(all);
  errno = kept;
  return done;
}

ssize_t writev(int fd, const struct iovec *parts, int count) { return write_parts(fd, parts, count, 0, 0); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  return write_parts(fd, parts, count, offset, 1);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  return write_parts(fd, parts, count, offset, 1);
}

static ssize_t read_at(int fd, void *bytes, size_t count, int64_t offset, int positioned) {
  if (is_watched(fd)) {
    LOCK;
    int hit = strikes(F_READ);
    UNLOCK;
    if (hit && !fault_short) return -1;
    if (hit && count > 1) count /= 2;
  }
  return positioned ? syscall(SYS_pread64, fd, bytes, count, offset) : syscall(SYS_read, fd, bytes, count);
}

ssize_t read(int fd, void *bytes, size_t count) { return read_at(fd, bytes, count, 0, 0); }
ssize_t pread(int fd, void *bytes, size_t count, off_t offset) { return read_at(fd, bytes, count, offset, 1); }
ssize_t pread64(int fd, void *bytes, size_t count, off64_t offset) { return read_at(fd, bytes, count, offset, 1); }

static int sync_file(int fd, long call) {
  if (!is_watched(fd)) return syscall(call, fd);
  LOCK;
  int result = -1;
  if (!strikes(F_SYNC)) {
    result = no_sync ? 0 : syscall(call, fd);
    if (result == 0) put(SYNC, fd, 0, 0, NULL, 0);
  }
  UNLOCK;
  return result;
}

int fsync(int fd) { return sync_file(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_file(fd, SYS_fdatasync); }

int ftruncate(int fd, off_t length) {
  if (!is_watched(fd)) return syscall(SYS_ftruncate, fd, length);
  LOCK;
  int result = -1;
  if (!strikes(F_TRUNCATE) && (result = syscall(SYS_ftruncate, fd, length)) == 0)
    put(TRUNCATE, fd, 0, length, NULL, 0);
  UNLOCK;
  return result;
}
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

static int change_name(int kind, int fault, long call, const char *path, long second) {
  char whole[PATH_LENGTH];
  if (!resolve(path, whole)) return syscall(call, path, second);
  LOCK;
  int result = -1;
  if (!strikes(fault) && (result = syscall(call, path, second)) == 0) put_text(kind, -1, 0, whole);
  UNLOCK;
  return result;
}

int mkdir(const char *path, mode_t mode) { return change_name(MKDIR, F_MKDIR, SYS_mkdir, path, mode); }
int unlink(const char *path) { return change_name(UNLINK, F_UNLINK, SYS_unlink, path, 0); }
int rmdir(const char *path) { return change_name(RMDIR, F_UNLINK, SYS_rmdir, path, 0); }

static int two_names(int kind, long call, const char *from, const char *to) {
  char both[2 * PATH_LENGTH + 1];
  if (!resolve(from, both)) return syscall(call, from, to);
  size_t length = strlen(both);
  both[length] = '\n';
  if (!resolve(to, both + length + 1)) return syscall(call, from, to);
  LOCK;
  int result = -1;
  if (!strikes(F_RENAME) && (result = syscall(call, from, to)) == 0) put_text(kind, -1, 0, both);
  UNLOCK;
  return result;
}

int rename(const char *from, const char *to) { return two_names(RENAME, SYS_rename, from, to); }
int link(const char *from, const char *to) { return two_names(LINK, SYS_link, from, to); }

// A call that the trace has no record for would make images that are too good. It must not go unnoticed.
static int unknown(const char *name, int fd) {
  if (!is_watched(fd)) return 0;
  dprintf(2, "shim: %s is not recorded\n", name);
  abort();
}
int fallocate(int fd, int mode, off_t offset, off_t length) {
  return unknown("fallocate", fd) ? -1 : syscall(SYS_fallocate, fd, mode, offset, length);
}
int posix_fallocate(int fd, off_t offset, off_t length) {
  return unknown("posix_fallocate", fd) ? -1 : REAL(posix_fallocate)(fd, offset, length);
}
int sync_file_range(int fd, off64_t offset, off64_t length, unsigned flags) {
  return unknown("sync_file_range", fd) ? -1 : syscall(SYS_sync_file_range, fd, offset, length, flags);
}
ssize_t sendfile(int to, int from, off_t *offset, size_t count) {
  return unknown("sendfile", to) ? -1 : syscall(SYS_sendfile, to, from, offset, count);
}
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *place, size_t count, unsigned flags) {
  return unknown("copy_file_range", to) ? -1 : syscall(SYS_copy_file_range, from, at, to, place, count, flags);
}

DIR *opendir(const char *path) {
  char whole[PATH_LENGTH];
  if (resolve(path, whole)) {
    LOCK;
    int hit = strikes(F_LIST);
    UNLOCK;
    if (hit) return NULL;
  }
  return REAL(opendir)(path);
}

void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset) {
  if (is_watched(fd)) {
    LOCK;
    int hit = strikes(F_MMAP);
    UNLOCK;
    if (hit) return MAP_FAILED;
  }
  return (void *)syscall(SYS_mmap, address, length, protection, flags, fd, offset);
}
void *mmap64(void *address, size_t length, int protection, int flags, int fd, off64_t offset) {
  return mmap(address, length, protection, flags, fd, offset);
}

static int fake_free(int result, struct statvfs *status) {
  if (result == 0 && free_bytes >= 0) status->f_bavail = status->f_bfree = free_bytes / status->f_frsize;
  return result;
}
int fstatvfs(int fd, struct statvfs *status) {
  int result = REAL(fstatvfs)(fd, status);
  return is_watched(fd) ? fake_free(result, status) : result;
}
int statvfs(const char *path, struct statvfs *status) {
  char whole[PATH_LENGTH];
  int result = REAL(statvfs)(path, status);
  return resolve(path, whole) ? fake_free(result, status) : result;
}
