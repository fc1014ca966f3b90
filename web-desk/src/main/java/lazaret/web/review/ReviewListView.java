package lazaret.web.review;

import java.util.List;
import lazaret.web.page.Feedback;
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
/// @param closure the form that approves all; null if the visitor may not, or all are served
/// @param say the result of the form; null if there was none
public record ReviewListView(
    List<Item> items,
    long lines,
    boolean counted,
    String order,
    String again,
    @Nullable ClosureView closure,
    @Nullable Feedback say) {
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
  /// @param pick `NAME@VERSION@SHA-256`; null if it is served or not known
  public record Item(
      String name,
      String version,
      @Nullable VerdictBadge badge,
      String cause,
      @Nullable Long lines,
      String address,
      @Nullable String pick) {}
}
