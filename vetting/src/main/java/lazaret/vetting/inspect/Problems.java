package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.List;

/// Collects the problems of one archive, and stops the walk when there are plenty: an archive with
/// fifty thousand wrong entries needs no fifty thousand messages.
final class Problems {
  static final int MAX = 32;

  private final List<Problem> found = new ArrayList<>();

  /// Adds a problem behind which the walk can go on.
  ///
  /// @throws ArchiveBroken if it is the last one that is collected
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
