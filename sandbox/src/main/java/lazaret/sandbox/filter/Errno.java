package lazaret.sandbox.filter;

import java.util.Arrays;
import java.util.Optional;

/// The error numbers of system calls that this program returns or handles. They are equal on all
/// known architectures (asm-generic/errno.h).
public enum Errno {
  /// Operation not permitted.
  EPERM(1),
  /// No such file, or no such notification.
  ENOENT(2),
  /// Interrupted by a signal.
  EINTR(4),
  /// Bad file descriptor.
  EBADF(9),
  /// No data available yet.
  EAGAIN(11),
  /// Out of memory.
  ENOMEM(12),
  /// Permission denied.
  EACCES(13),
  /// Bad address.
  EFAULT(14),
  /// Resource in use: a thread has at most one listener.
  EBUSY(16),
  /// Invalid argument, or a flag that an older kernel does not know.
  EINVAL(22),
  /// Too many open files of this process.
  EMFILE(24),
  /// No space left: a limit of inotify, or a full disk.
  ENOSPC(28),
  /// Function not implemented: callers fall back to an older call.
  ENOSYS(38),
  /// Operation not supported.
  ENOTSUP(95),
  /// Address family not supported by protocol.
  EAFNOSUPPORT(97),
  /// Operation in progress, or a notification that was answered already.
  EINPROGRESS(115);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  /// Returns the number.
  public int number() {
    return number;
  }

  /// Returns the error with a number, or empty for a number without a constant here.
  public static Optional<Errno> of(int number) {
    return Arrays.stream(values()).filter(e -> e.number == number).findFirst();
  }
}
