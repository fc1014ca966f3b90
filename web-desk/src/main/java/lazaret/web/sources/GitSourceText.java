package lazaret.web.sources;

import java.util.List;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.web.page.VerdictBadge;

/// The words for Git sources on pages.
public final class GitSourceText {
  private static final int DIGITS = 12;
  private static final int MAX_CRATES = 4;

  private GitSourceText() {}

  /// Returns the badge of a state.
  public static VerdictBadge badge(GitSourceStatus state) {
    return switch (state) {
      case WAITING -> new VerdictBadge("review", "review", "Waiting");
      case APPROVED -> new VerdictBadge("allow", "allow", "Approved");
      case DENIED -> new VerdictBadge("deny", "deny", "Denied");
    };
  }

  /// Returns the first twelve digits of a commit or tree hash, as commands show them.
  public static String brief(String digits) {
    return digits.substring(0, Math.min(DIGITS, digits.length()));
  }

  /// Returns the crates of a source with their versions; after the fourth one, how many more.
  public static String crates(GitSourceInfo source) {
    List<String> named =
        source.packages().stream()
            .limit(MAX_CRATES)
            .map(each -> each.name() + " " + each.version())
            .toList();
    int more = source.packages().size() - named.size();
    return String.join(", ", named) + (more == 0 ? "" : " and %d more".formatted(more));
  }

  /// Returns the number of signals that ask for a review.
  public static long signals(GitSourceInfo source) {
    return source.packages().stream().mapToLong(each -> each.signals().size()).sum();
  }

  /// Returns the address of the repository, without the branch, tag or commit of a lockfile.
  static String repository(GitSourceInfo source) {
    int query = source.url().indexOf('?');
    return query < 0 ? source.url() : source.url().substring(0, query);
  }
}
