package lazaret.sandbox.kernel;

import java.io.IOException;
import java.util.Optional;
import lazaret.sandbox.filter.Errno;

/// The kernel refused a call. The message names the call and the error, as in `seccomp: EBUSY`.
public final class SystemCallException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int number;

  SystemCallException(String call, int number) {
    super(call + ": " + Errno.of(number).map(Errno::name).orElse("errno " + number));
    this.number = number;
  }

  /// Returns the error; empty for one without a name here.
  public Optional<Errno> error() {
    return Errno.of(number);
  }

  boolean is(Errno error) {
    return number == error.number();
  }
}
