package lazaret.sandbox.kernel;

import java.io.IOException;
import java.util.Optional;
import lazaret.sandbox.filter.Errno;

/// The failure of a system call. The message has the name of the call and the error, for example
/// `seccomp: EBUSY`.
public final class SystemCallException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int number;

  SystemCallException(String call, int number) {
    super(call + ": " + Errno.of(number).map(Errno::name).orElse("errno " + number));
    this.number = number;
  }

  /// Returns the error, or empty if its number has no constant.
  public Optional<Errno> error() {
    return Errno.of(number);
  }

  boolean is(Errno error) {
    return number == error.number();
  }
}
