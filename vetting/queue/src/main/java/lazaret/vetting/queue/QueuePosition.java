package lazaret.vetting.queue;

import java.util.Comparator;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// A position in the ordered queue, after which the next page begins. It stays usable if the queue
/// changes: a group that was removed keeps its place in the order.
///
/// @param rank the rank of the group in the order of the page; equal ranks follow the name and the
///   version of the root
/// @param rows the number of rows of the group that were shown
/// @param name the name of the root
/// @param version the version of the root
record QueuePosition(long rank, int rows, String name, String version)
    implements Comparable<QueuePosition> {
  private static final Comparator<QueuePosition> ORDER =
      Comparator.comparingLong(QueuePosition::rank)
          .thenComparing(QueuePosition::name)
          .thenComparing(QueuePosition::version);

  /// Reads the text form.
  ///
  /// @param text `RANK~ROWS~NAME~VERSION`
  /// @throws MalformedException if the text has another form
  static QueuePosition parse(String text) {
    String[] parts = text.split("~", 4);
    try {
      int rows = parts.length == 4 && text.length() <= 400 ? Integer.parseInt(parts[1]) : -1;
      if (rows >= 0) {
        return new QueuePosition(Long.parseLong(parts[0]), rows, parts[2], parts[3]);
      }
    } catch (NumberFormatException _) {
      // refused below
    }
    throw new MalformedException(
        "cannot list the queue: expected the `next` of a page as `after`, found '%s'"
            .formatted(Excerpt.of(text)));
  }

  /// Returns the text form, which [#parse] reads.
  @Override
  public String toString() {
    return rank + "~" + rows + "~" + name + "~" + version;
  }

  /// Compares the groups, without the number of rows.
  @Override
  public int compareTo(QueuePosition other) {
    return ORDER.compare(this, other);
  }
}
