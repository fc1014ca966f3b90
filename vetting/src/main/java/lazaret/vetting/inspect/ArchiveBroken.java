package lazaret.vetting.inspect;

/// Ends a walk at a problem behind which nothing can be read; never leaves this package.
final class ArchiveBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ArchiveBroken(ProblemCode code, String path, String detail) {
    // No stack trace: hostile archives are an everyday matter and traces are dear.
    super(detail, null, false, false);
    this.problem = new Problem(code, path, detail);
  }

  ArchiveBroken(ProblemCode code, String detail) {
    this(code, "", detail);
  }

  Problem problem() {
    return problem;
  }
}
