package lazaret.vetting.archive;

import java.util.ArrayList;
import java.util.List;

/// The problems of one archive. At the maximum number it stops the walk: an archive with fifty
/// thousand invalid entries does not need fifty thousand messages. Not thread-safe.
public final class ArchiveProblems {
  public static final int MAX = 32;

  private final List<ArchiveProblem> found = new ArrayList<>();

  /// Adds a problem after which the walk can continue.
  ///
  /// @throws BrokenArchiveException if the maximum number is reached
  void add(ArchiveProblemCode code, String path, String detail) {
    if (found.size() == MAX - 1) {
      throw new BrokenArchiveException(code, path, detail);
    }
    found.add(new ArchiveProblem(code, path, detail));
  }

  /// Adds the problem that ended a walk.
  void addLast(BrokenArchiveException broken) {
    if (found.size() < MAX) {
      found.add(broken.problem());
    }
  }

  List<ArchiveProblem> list() {
    return List.copyOf(found);
  }
}
