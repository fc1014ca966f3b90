package lazaret.vetting.inspect;

/// A problem after which the rest of an archive cannot be read. It ends the walk and never leaves
/// this package.
final class ArchiveBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ArchiveBroken(ProblemCode code, String path, String detail) {
    // No stack trace: hostile archives are common, and stack traces are expensive.
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
