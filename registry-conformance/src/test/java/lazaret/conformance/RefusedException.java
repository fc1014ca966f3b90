package lazaret.conformance;

/// A refusal of the scripted registry.
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final int status;

  RefusedException(int status, String detail) {
    super(detail);
    this.status = status;
  }

  static RefusedException bad(String detail) {
    return new RefusedException(400, detail);
  }
}
