package lazaret.bundle.format;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// A list of changed versions in the making: counted and hashed, and kept while it is short. Not
/// thread-safe.
public final class ChangeList {
  /// How many items of one list a bundle's statement has at most.
  public static final int MOST_ITEMS = 1000;

  private final Sha256.Hasher hasher = new Sha256.Hasher();
  private final List<String> items = new ArrayList<>();
  private final int most;
  private long count;

  /// Begins a list.
  ///
  /// @param most how many items are kept, if there are no more
  public ChangeList(int most) {
    this.most = most;
  }

  static BundleStatement.Change of(List<String> items) {
    var list = new ChangeList(items.size());
    items.forEach(list::add);
    return list.finish();
  }

  /// Adds a version.
  public void add(String item) {
    Bytes line = Bytes.utf8(item + "\n");
    hasher.update(line.array(), 0, line.length());
    count++;
    if (items.size() <= most) {
      items.add(item);
    }
  }

  /// Returns the list; once.
  public BundleStatement.Change finish() {
    return new BundleStatement.Change(
        count, hasher.finish(), count > most ? List.of() : List.copyOf(items));
  }
}
