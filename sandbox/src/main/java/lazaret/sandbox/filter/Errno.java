package lazaret.sandbox.filter;

import java.util.Arrays;
import java.util.Optional;

/// The errors of system calls that are given or met here. The numbers are those of Linux on every
/// architecture whose calls are known (asm-generic/errno.h).
public enum Errno {
  /// Operation not permitted.
  EPERM(1),
  /// No such file, or no such notification.
  ENOENT(2),
  /// Interrupted by a signal.
  EINTR(4),
  /// Bad file descriptor.
  EBADF(9),
  /// Nothing there yet.
  EAGAIN(11),
  /// Out of memory.
  ENOMEM(12),
  /// Permission denied.
  EACCES(13),
  /// Bad address.
  EFAULT(14),
  /// In use: a thread has one listener at most.
  EBUSY(16),
  /// Invalid argument, or a flag that an older kernel does not know.
  EINVAL(22),
  /// Too many open files of this process.
  EMFILE(24),
  /// No room: a limit of inotify, or a full disk.
  ENOSPC(28),
  /// Function not implemented: callers fall back to an older call.
  ENOSYS(38),
  /// Operation not supported.
  ENOTSUP(95),
  /// Address family not supported by protocol.
  EAFNOSUPPORT(97),
  /// In progress, or a notification that was answered already.
  EINPROGRESS(115);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  /// Returns the number.
  public int number() {
    return number;
  }

  /// Returns the error with that number; empty for one that has no name here.
  public static Optional<Errno> of(int number) {
    return Arrays.stream(values()).filter(e -> e.number == number).findFirst();
  }
}
