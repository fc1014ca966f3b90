package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.List;

/// The problems of one archive. At the maximum number it stops the walk: an archive with fifty
/// thousand invalid entries does not need fifty thousand messages. Not thread-safe.
final class Problems {
  static final int MAX = 32;

  private final List<Problem> found = new ArrayList<>();

  /// Adds a problem after which the walk can continue.
  ///
  /// @throws ArchiveBroken if the maximum number is reached
  void add(ProblemCode code, String path, String detail) {
    if (found.size() == MAX - 1) {
      throw new ArchiveBroken(code, path, detail);
    }
    found.add(new Problem(code, path, detail));
  }

  /// Adds the problem that ended a walk.
  void addLast(ArchiveBroken broken) {
    if (found.size() < MAX) {
      found.add(broken.problem());
    }
  }

  List<Problem> list() {
    return List.copyOf(found);
  }
}
