package lazaret.web.review;

import java.util.List;
import lazaret.web.page.VerdictBadge;
import org.jspecify.annotations.Nullable;

/// A list of versions to review, the one with the least to read first.
///
/// @param items the versions
/// @param lines the lines of those whose lines are counted
/// @param counted whether the lines of all versions are counted
/// @param order the address of the first review, after which the others follow; empty if there are
///   no versions
/// @param again the address of this list
public record ReviewListView(
    List<Item> items, long lines, boolean counted, String order, String again) {
  public ReviewListView {
    items = List.copyOf(items);
  }

  /// A version.
  ///
  /// @param name the crate
  /// @param version the version
  /// @param badge the verdict; null if it is not known
  /// @param cause the first reason, or the failure
  /// @param lines the lines to read; null if they are not counted
  /// @param address the address of its review
  public record Item(
      String name,
      String version,
      @Nullable VerdictBadge badge,
      String cause,
      @Nullable Long lines,
      String address) {}
}
