package lazaret.bundle.format;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// A builder of a list of changed versions. It counts and hashes all versions, and keeps them while
/// the list is short. Not thread-safe.
public final class ChangeList {
  /// The largest number of items in a list of a bundle statement.
  public static final int MOST_ITEMS = 1000;

  private final Sha256.Hasher hasher = new Sha256.Hasher();
  private final List<String> items = new ArrayList<>();
  private final int most;
  private long count;

  /// Creates an empty list.
  ///
  /// @param most the largest number of items that are kept; a longer list keeps none
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

  /// Returns the finished list. It may be called once.
  public BundleStatement.Change finish() {
    return new BundleStatement.Change(
        count, hasher.finish(), count > most ? List.of() : List.copyOf(items));
  }
}
