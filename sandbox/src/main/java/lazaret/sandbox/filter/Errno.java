package lazaret.sandbox.filter;

/// The errors that a denied call is answered with. The numbers are those of Linux on every
/// architecture whose calls are known (asm-generic/errno.h).
public enum Errno {
  /// Operation not permitted.
  EPERM(1),
  /// Permission denied.
  EACCES(13),
  /// Function not implemented: callers fall back to an older call.
  ENOSYS(38),
  /// Operation not supported.
  ENOTSUP(95),
  /// Address family not supported by protocol.
  EAFNOSUPPORT(97);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  /// Returns the number.
  public int number() {
    return number;
  }
}
