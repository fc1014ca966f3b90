package lazaret.web.version;

import java.util.List;
import lazaret.vetting.deskapi.crates.BlastRadiusInfo;
import lazaret.vetting.deskapi.crates.HolderInfo;
import lazaret.vetting.deskapi.crates.LockfileHolderInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.SignalInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.hosting.PublicationInfo;
import lazaret.vetting.deskapi.reasons.ReasonText;
import lazaret.vetting.deskapi.requests.NamedRequesterInfo;
import lazaret.vetting.deskapi.requests.QueuedVersionReply;
import lazaret.vetting.deskapi.review.ReviewDependencyInfo;
import lazaret.web.hosting.PublicationText;
import lazaret.web.page.Feedback;
import lazaret.web.page.PageQuery;
import lazaret.web.page.VerdictBadge;
import org.jspecify.annotations.Nullable;

/// The content of the page of a version.
///
/// @param version the knowledge of the gate
/// @param evidence the evidence, all kinds in a fixed order
/// @param dependencies the dependencies with their verdicts; null if they are not known
/// @param requests the requests of people for the version
/// @param holders who has the version; null if the reader may not see it
/// @param published how a version of a private crate came here; null for a public one
/// @param timeline the history, newest first
/// @param visitor the permissions of the visitor
/// @param sent the result of the last form
public record VersionView(
    VersionReply version,
    List<EvidenceRow> evidence,
    @Nullable List<ReviewDependencyInfo> dependencies,
    Requests requests,
    @Nullable BlastRadiusInfo holders,
    @Nullable PublicationInfo published,
    List<TimelineStep> timeline,
    Visitor visitor,
    Sent sent) {
  private static final int MAX_PLACES = 8;
  private static final int MAX_HOLDERS = 50;

  public VersionView {
    evidence = List.copyOf(evidence);
    dependencies = dependencies == null ? null : List.copyOf(dependencies);
    timeline = List.copyOf(timeline);
  }

  /// The requests of people for a version.
  ///
  /// @param queued the request with its steps; null if there is none, or the reader may not see it
  /// @param asked the persons who asked, also after a decision; empty if the reader may not see
  ///   them
  public record Requests(@Nullable QueuedVersionReply queued, List<NamedRequesterInfo> asked) {
    public Requests {
      asked = List.copyOf(asked);
    }
  }

  /// The permissions of a visitor.
  ///
  /// @param reviews whether the visitor may decide on the crate
  /// @param inspects whether the visitor may see the ledger
  /// @param requests whether the visitor may ask for versions
  public record Visitor(boolean reviews, boolean inspects, boolean requests) {}

  /// The result of a form.
  ///
  /// @param status the status of the page
  /// @param comment the comment that was not recorded; empty if there is none
  /// @param say the result as a sentence; null if no form was sent
  public record Sent(int status, String comment, @Nullable Feedback say) {}

  /// Returns the result of the last form; null if there was none.
  public @Nullable Feedback say() {
    return sent.say();
  }

  /// Returns whether the visitor may decide on the crate.
  public boolean reviews() {
    return visitor.reviews();
  }

  /// Returns whether the page has the form of a comment: for an open request, and for a text that
  /// was not recorded.
  public boolean comments() {
    return reviews() && (requests.queued() != null || !sent.comment().isEmpty());
  }

  /// Returns whether the visitor may see the ledger.
  public boolean inspects() {
    return visitor.inspects();
  }

  /// Returns whether the page has the form of a request: for a version that a decision can free,
  /// and a visitor who may not decide.
  public boolean asks() {
    return visitor.requests() && !visitor.reviews() && !version.served() && !version.onlyByBundle();
  }

  /// Returns the state in which a version of a private crate was published.
  public String state(PublicationInfo publication) {
    return PublicationText.state(publication);
  }

  /// Returns the CI job that published a version as a phrase; empty if there is none.
  public String job(PublicationInfo publication) {
    return PublicationText.job(publication);
  }

  /// Returns the badge of the verdict.
  public VerdictBadge badge() {
    return VerdictBadge.of(version.verdict());
  }

  /// Returns the badge of a dependency.
  public VerdictBadge badge(ReviewDependencyInfo dependency) {
    VerdictInfo verdict = dependency.verdict();
    return verdict == null
        ? new VerdictBadge("plain", "warn", "Unknown")
        : VerdictBadge.of(verdict);
  }

  /// Returns the kind of a dependency in words: `build, optional`.
  public String kind(ReviewDependencyInfo dependency) {
    String kind =
        switch (dependency.kind()) {
          case NORMAL -> "normal";
          case BUILD -> "build";
          case DEV -> "tests";
        };
    return dependency.optional() ? kind + ", optional" : kind;
  }

  /// Returns the address of the entries on the crate in the ledger, which has the steps that the
  /// page no longer has.
  public String ledger() {
    return PageQuery.of("/desk/events").with("crate", version.name().published()).toString();
  }

  /// Returns the heading of the reasons.
  public String heading() {
    return version.served() ? "Why it is served" : "Why it is not served";
  }

  /// Returns a reason as a sentence. The first one has the end of the hold.
  public String sentence(ReasonInfo reason) {
    boolean first = version.verdict().reasons().getFirst().equals(reason);
    return ReasonText.sentence(reason, first ? version.verdict().until() : null) + ".";
  }

  /// Returns the detail of a signal or sign, which has the place; empty for other reasons.
  public String detail(ReasonInfo reason) {
    return ReasonText.label(reason).equals(reason.code()) ? "" : reason.detail();
  }

  /// Returns the signal that a reason names, at its lines; at most eight.
  public List<SignalInfo> places(ReasonInfo reason) {
    return version.findings() == null
        ? List.of()
        : version.findings().signals().stream()
            .filter(each -> ReasonText.label(reason).endsWith(": " + each.code()))
            .filter(each -> each.path() != null)
            .filter(each -> each.weight() != SignalInfo.Weight.NOTE)
            .limit(MAX_PLACES)
            .toList();
  }

  /// Returns the clients that the page names, the latest first; at most 50.
  public List<HolderInfo> clients() {
    return holders == null ? List.of() : holders.holders().stream().limit(MAX_HOLDERS).toList();
  }

  /// Returns the number of all clients that have the version.
  public long clientsInAll() {
    return holders == null ? 0 : holders.holders().size() + holders.more();
  }

  /// Returns the lockfiles that the page names, the latest first; at most 50.
  public List<LockfileHolderInfo> lockfiles() {
    return holders == null ? List.of() : holders.lockfiles().stream().limit(MAX_HOLDERS).toList();
  }

  /// Returns the number of lockfiles that the page does not name.
  public long moreLockfiles() {
    return holders == null ? 0 : holders.lockfiles().size() - lockfiles().size();
  }

  /// Returns the specification for commands: `zstd-sys@2.1.3`.
  public String spec() {
    return version.name().published() + "@" + version.version().text();
  }
}
