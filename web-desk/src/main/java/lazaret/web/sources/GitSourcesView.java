package lazaret.web.sources;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourcePackageInfo;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.vetting.text.KebabCase;
import lazaret.web.page.PageQuery;
import lazaret.web.page.RowPosition;
import org.jspecify.annotations.Nullable;

/// The content of the list of Git sources.
///
/// @param filter the selection of the reader
/// @param rows the sources of this part: those that wait first, then the newest
/// @param place the place of the rows
/// @param tabs the tabs
/// @param totals the numbers of all sources
public record GitSourcesView(
    Filter filter, List<GitSourceInfo> rows, RowPosition place, List<Tab> tabs, Totals totals) {
  /// The path of the page.
  static final String PATH = "/desk/git-sources";

  /// The maximum number of rows of a part.
  static final int ROWS = 100;

  private static final Comparator<GitSourceInfo> ORDER =
      Comparator.comparing((GitSourceInfo each) -> each.state() != GitSourceStatus.WAITING)
          .thenComparing(GitSourceInfo::fetched, Comparator.reverseOrder())
          .thenComparing(GitSourceInfo::url);

  public GitSourcesView {
    rows = List.copyOf(rows);
    tabs = List.copyOf(tabs);
  }

  /// The selection of a reader.
  ///
  /// @param only the code of a state; empty for all
  /// @param words a part of an address, commit, tree hash, crate or person; empty for all
  public record Filter(String only, String words) {
    private boolean has(GitSourceInfo source) {
      return only.isEmpty() || KebabCase.of(source.state()).equals(only);
    }

    private boolean finds(GitSourceInfo source) {
      String sought = words.toLowerCase(Locale.ROOT);
      return Stream.concat(
              Stream.of(source.url(), source.commit(), source.treeHash().hex(), source.by()),
              source.packages().stream().map(GitSourcePackageInfo::name))
          .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(sought));
    }

    private Filter in(String state) {
      return new Filter(state, words);
    }

    private PageQuery address() {
      return PageQuery.of(PATH).with("only", only).with("q", words);
    }
  }

  /// A tab.
  ///
  /// @param label the words
  /// @param count the number of sources with the words of the filter
  /// @param address the address
  /// @param current `page` if it is the current one, else null
  public record Tab(String label, long count, String address, @Nullable String current) {}

  /// The numbers of all sources.
  ///
  /// @param all the number
  /// @param waiting the number of those that wait for a decision
  public record Totals(int all, long waiting) {}

  /// Returns whether a text is the code of a state.
  static boolean isState(String text) {
    return KebabCase.parse(GitSourceStatus.class, text).isPresent();
  }

  /// Returns the view of all sources.
  ///
  /// @param from the number of rows before those of the page as typed; null for 0
  static GitSourcesView of(List<GitSourceInfo> all, Filter filter, @Nullable String from) {
    List<GitSourceInfo> found = all.stream().filter(filter::finds).sorted(ORDER).toList();
    List<GitSourceInfo> shown = found.stream().filter(filter::has).toList();
    RowPosition place = RowPosition.of(from, shown.size(), ROWS, filter.address());
    List<Tab> tabs =
        List.of(
            tab("All", "", filter, found),
            tab("Waiting", "waiting", filter, found),
            tab("Approved", "approved", filter, found),
            tab("Denied", "denied", filter, found));
    long waiting = all.stream().filter(each -> each.state() == GitSourceStatus.WAITING).count();
    return new GitSourcesView(
        filter, place.of(shown), place, tabs, new Totals(all.size(), waiting));
  }

  private static Tab tab(String label, String state, Filter filter, List<GitSourceInfo> found) {
    Filter other = filter.in(state);
    return new Tab(
        label,
        found.stream().filter(other::has).count(),
        other.address().toString(),
        state.equals(filter.only()) ? "page" : null);
  }
}
