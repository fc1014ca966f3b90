package lazaret.vetting.index;

import java.util.AbstractList;
import java.util.List;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The dependencies of a line that was checked, parsed on first use. Of a thousand lines, a verdict
/// uses the dependencies of a few. Thread-safe; the parsed list is kept.
final class DeferredDependencies extends AbstractList<IndexDependency> {
  private final Bytes line;
  private volatile @Nullable List<IndexDependency> read;

  DeferredDependencies(Bytes line) {
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
