package lazaret.web.lockfile;

import java.util.List;
import java.util.stream.Collectors;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageLinks;
import org.jspecify.annotations.Nullable;

/// The content of the page with the result of a check.
///
/// @param name the name of the lockfile
/// @param text the text of the lockfile, for further forms of the page
/// @param counters the numbers of packages by result
/// @param ways the ways in which the lockfile comes to pass
/// @param rows the packages of this part that are not served
/// @param place the place of the rows among all packages that are not served
/// @param reader the permissions and words of the reader
/// @param say the result of the last form; null if there was none
public record LockfileView(
    String name,
    String text,
    LockfileCounters counters,
    LockfilePlan ways,
    List<LockfileRowInfo> rows,
    Place place,
    Reader reader,
    @Nullable Feedback say) {
  public LockfileView {
    rows = List.copyOf(rows);
  }

  /// The place of rows.
  ///
  /// @param from the number of rows before them
  /// @param total the number of all rows
  /// @param tampered the packages whose checksum is not that of the index, each `NAME VERSION`
  public record Place(int from, int total, List<String> tampered) {
    public Place {
      tampered = List.copyOf(tampered);
    }
  }

  /// The permissions of the reader, and the words of the form.
  ///
  /// @param inspects whether the reader may see lines to read
  /// @param lines the number of lines to read; null if they were not counted
  /// @param order the words of the form for decisions
  public record Reader(boolean inspects, @Nullable Long lines, DecisionInput order) {}

  /// Returns whether the reader may decide on a row.
  public boolean decides() {
    return rows.stream().anyMatch(row -> row.pick() != null);
  }

  /// Returns whether a row has its lines to read.
  public boolean counted() {
    return reader.lines() != null;
  }

  /// Returns the address for the review of the rows on which a person must decide. It is a list of
  /// them, or the review of the only one. Null if there is none.
  public @Nullable String reviews() {
    List<LockfileRowInfo> open =
        rows.stream()
            .filter(row -> row.badge().kind().equals("review") && row.address() != null)
            .toList();
    if (open.size() <= 1) {
      return open.isEmpty() ? null : open.getFirst().review();
    }
    return PageLinks.reviews(
        open.stream()
            .map(row -> row.name() + "@" + row.version())
            .collect(Collectors.joining(",")));
  }

  /// Returns whether rows follow.
  public boolean hasMore() {
    return place.from() + rows.size() < place.total();
  }
}
