package lazaret.web.sources;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourcePackageInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.web.PageRequest;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageLinks;
import lazaret.web.page.PageQuery;
import lazaret.web.page.RowPosition;
import lazaret.web.page.VerdictBadge;
import org.jspecify.annotations.Nullable;

/// The content of the page of one Git source.
///
/// @param source the source
/// @param packages the crates of this part, those with the most signals first
/// @param place the place of the crates
/// @param others the other commits of the repository, the newest first; at most twenty
/// @param reader the permissions of the reader
/// @param sent the form as it was sent last, or a new one
public record GitSourceView(
    GitSourceInfo source,
    List<GitSourcePackageInfo> packages,
    RowPosition place,
    List<GitSourceInfo> others,
    Reader reader,
    Sent sent) {
  private static final int MAX_OTHERS = 20;
  private static final int MAX_LACKING = 5;
  private static final Comparator<GitSourcePackageInfo> ORDER =
      Comparator.comparingInt((GitSourcePackageInfo each) -> -each.signals().size());

  public GitSourceView {
    packages = List.copyOf(packages);
    others = List.copyOf(others);
  }

  /// The permissions of a reader.
  ///
  /// @param reviews whether the reader decides on some crates
  /// @param lacking the crates of the source on which the reader may not decide; at most five
  /// @param inspects whether the reader may see the ledger
  public record Reader(boolean reviews, List<String> lacking, boolean inspects) {
    public Reader {
      lacking = List.copyOf(lacking);
    }

    /// Returns the permissions that roles give for a source.
    static Reader of(RoleGrants roles, GitSourceInfo source) {
      return new Reader(
          roles.has(DeskRole.REVIEWER),
          source.packages().stream()
              .map(GitSourcePackageInfo::name)
              .distinct()
              .filter(name -> !reviews(roles, name))
              .limit(MAX_LACKING)
              .toList(),
          roles.has(DeskRole.REVIEWER) || roles.has(DeskRole.AUDITOR));
    }

    private static boolean reviews(RoleGrants roles, String name) {
      return roles.reviewsAll()
          || (CrateName.isValid(name) && roles.reviews(CrateName.parse(name)));
    }

    /// Returns whether the reader may decide on the source.
    public boolean decides() {
      return reviews && lacking.isEmpty();
    }
  }

  /// The form of a decision.
  ///
  /// @param status the status of the page
  /// @param kind `approve`, or another text for a denial
  /// @param reason the reason as typed
  /// @param mistakes the mistakes by the name of their field
  /// @param say the result; null if no form was sent
  public record Sent(
      int status,
      String kind,
      String reason,
      Map<String, String> mistakes,
      @Nullable Feedback say) {
    public Sent {
      mistakes = Map.copyOf(mistakes);
    }
  }

  /// Returns the view of a source for the person of a request.
  ///
  /// @param all all sources, of which those of the same repository are listed
  static GitSourceView of(
      PageRequest request, GitSourceInfo source, List<GitSourceInfo> all, Sent sent) {
    RowPosition place =
        RowPosition.of(
            request.query().text("from").orElse(null),
            source.packages().size(),
            PageQuery.of(PageLinks.gitSource(source.key())));
    return new GitSourceView(
        source,
        place.of(source.packages().stream().sorted(ORDER).toList()),
        place,
        otherCommits(source, all),
        Reader.of(request.visitor().roles(), source),
        sent);
  }

  private static List<GitSourceInfo> otherCommits(GitSourceInfo source, List<GitSourceInfo> all) {
    String repository = GitSourceText.repository(source);
    return all.stream()
        .filter(each -> !each.key().equals(source.key()))
        .filter(each -> GitSourceText.repository(each).equals(repository))
        .sorted(Comparator.comparing(GitSourceInfo::fetched).reversed())
        .limit(MAX_OTHERS)
        .toList();
  }

  /// Returns the time of the last decision in the form of the hidden field; empty if there is none.
  static String last(GitSourceInfo source) {
    Instant at = source.decidedAt();
    return at == null ? "" : at.toString();
  }

  /// Returns the time of the last decision in the form of the hidden field; empty if there is none.
  public String last() {
    return last(source);
  }

  /// Returns the command that approves the source as the page shows it.
  public String approval() {
    return "vetting-cli git-sources approve %s %s --seen-fetched %s%s --reason TEXT"
        .formatted(
            GitSourceText.brief(source.commit()),
            source.treeHash().hex(),
            source.fetched(),
            last().isEmpty() ? "" : " --seen-decision " + last());
  }

  /// Returns the badge of the state.
  public VerdictBadge badge() {
    return GitSourceText.badge(source.state());
  }

  /// Returns the state as a sentence.
  public String lead() {
    return switch (source.state()) {
      case WAITING -> "Builds get the commit after a reviewer has approved it with its tree.";
      case APPROVED -> "Builds get the commit.";
      case DENIED -> "The commit is withheld from builds.";
    };
  }

  /// Returns the crates of this part that have signals.
  public List<GitSourcePackageInfo> signaling() {
    return packages.stream().filter(each -> !each.signals().isEmpty()).toList();
  }

  /// Returns whether the form approves.
  public boolean approves() {
    return sent.kind().equals("approve");
  }

  /// Returns the mistake in a field; null if there is none.
  public @Nullable String mistake(String field) {
    return sent.mistakes().get(field);
  }

  /// Returns the value of `aria-invalid` of a field; null if it has no mistake.
  public @Nullable String invalid(String field) {
    return sent.mistakes().containsKey(field) ? "true" : null;
  }

  /// Returns the address of the entries of the ledger that name the commit.
  public String ledger() {
    return PageQuery.of("/desk/events").with("q", source.commit()).toString();
  }
}
