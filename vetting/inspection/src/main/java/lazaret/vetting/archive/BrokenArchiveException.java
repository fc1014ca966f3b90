package lazaret.vetting.archive;

/// A problem after which the rest of an archive cannot be read. It ends the walk, and the caller
/// reports the problem.
public final class BrokenArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ArchiveProblem problem;

  BrokenArchiveException(ArchiveProblemCode code, String path, String detail) {
    // No stack trace: hostile archives are common, and stack traces are expensive.
    super(detail, null, false, false);
    this.problem = new ArchiveProblem(code, path, detail);
  }

  BrokenArchiveException(ArchiveProblemCode code, String detail) {
    this(code, "", detail);
  }

  /// Returns the problem.
  public ArchiveProblem problem() {
    return problem;
  }
}
