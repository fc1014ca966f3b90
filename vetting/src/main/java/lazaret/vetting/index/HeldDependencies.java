package lazaret.vetting.index;

import java.util.AbstractList;
import java.util.List;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The dependencies of a line that was read and found good before, read when somebody asks for
/// them: of a thousand lines a verdict asks a few. Immutable but for what it remembers;
/// thread-safe.
final class HeldDependencies extends AbstractList<IndexDependency> {
  private final Bytes line;
  private volatile @Nullable List<IndexDependency> read;

  HeldDependencies(Bytes line) {
    this.line = line;
  }

  private List<IndexDependency> all() {
    List<IndexDependency> known = read;
    if (known == null) {
      known = IndexLineReader.dependencies(line);
      read = known;
    }
    return known;
  }

  @Override
  public IndexDependency get(int index) {
    return all().get(index);
  }

  @Override
  public int size() {
    return all().size();
  }
}
