package lazaret.web.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The place of the rows of a page in a list that is known as a whole.
///
/// @param from the number of rows before those of the page
/// @param total the number of all rows
/// @param rows the maximum number of rows of the page, at least 1
/// @param address the address of the page without a place
/// @param field the name of the place in the address
public record RowPosition(int from, int total, int rows, PageQuery address, String field) {
  /// The maximum number of rows of a page.
  public static final int ROWS = 200;

  /// Returns the place that a reader asks for.
  ///
  /// @param from the number of rows before those of the page as typed; null or another text for 0
  public static RowPosition of(@Nullable String from, int total, PageQuery address) {
    return of(from, total, ROWS, address);
  }

  /// Returns the place that a reader asks for, on a page with fewer rows.
  ///
  /// @param from the number of rows before those of the page as typed; null or another text for 0
  /// @param rows the maximum number of rows of the page, 1 to [#ROWS]
  public static RowPosition of(@Nullable String from, int total, int rows, PageQuery address) {
    int wanted = from != null && from.matches("[0-9]{1,9}") ? Integer.parseInt(from) : 0;
    int place = Math.clamp(wanted, 0, Math.max(0, total - 1));
    return new RowPosition(place, total, rows, address, "from");
  }

  /// Returns this place under another name than `from`, for a page with two lists.
  public RowPosition named(String other) {
    return new RowPosition(from, total, rows, address, other);
  }

  /// Returns the rows of the page.
  public <T> List<T> of(List<T> all) {
    return all.subList(from, Math.min(all.size(), from + rows));
  }

  /// Returns the address of the rows before; null if there are none.
  public @Nullable String previous() {
    return from == 0 ? null : address.with(field, Math.max(0, from - rows)).toString();
  }

  /// Returns the address of the rows after; null if there are none.
  public @Nullable String next() {
    return from + rows >= total ? null : address.with(field, from + rows).toString();
  }

  /// Returns the place in words: `201 to 400 of 1,204`; empty if the page has all rows.
  public String words(PageTime time) {
    return total <= rows && from == 0
        ? ""
        : "%s to %s of %s"
            .formatted(
                time.number(from + 1L),
                time.number(Math.min(total, (long) from + rows)),
                time.number(total));
  }
}
