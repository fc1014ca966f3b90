package lazaret.bundle.importing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.site.SiteConnection;
import lazaret.site.SiteBundles;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.snapshots.SnapshotAdapter;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.origin.NameOrigins;
import lazaret.vetting.policy.UnlistedVersion;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;
import org.jspecify.annotations.Nullable;

/// The denials of versions by advisories that the connected side did not know when it approved
/// them. Advisories that deny a version act without them; those that only ask for a review would be
/// hidden by the approval. A denial holds until a snapshot that was made later allows the version.
/// Not thread-safe.
final class AdvisoryDenials {
  private final Store store;
  private final Rulebook book;
  private final NameOrigins origins;
  private final Advisories before;
  private final Advisories after;
  private final BundleStatement statement;
  private final Instant now;

  /// Creates the denials of an import.
  ///
  /// @param statement the statement of the bundle, to whose snapshot and to earlier ones they apply
  /// @param before the advisories that the connected side knew
  /// @param after the advisories that are in force after the import
  AdvisoryDenials(
      ImportContext site, BundleStatement statement, AdvisorySet before, AdvisorySet after) {
    this.store = site.store();
    this.book = site.desk().rulebook();
    this.origins =
        site.site().map(SiteConnection::names).orElse(SiteBundles.Names.ALL_PUBLIC).origins();
    this.before = Advisories.of(before);
    this.after = Advisories.of(after);
    this.statement = statement;
    this.now = site.clock().instant();
  }

  /// Advisories by the origin of the crates that they apply to.
  private record Advisories(AdvisorySet ofPublic, AdvisorySet ofPrivate) {
    static Advisories of(AdvisorySet all) {
      return new Advisories(all, all.ofLocalFeeds());
    }

    List<AdvisoryGroup> hits(CrateId id, boolean isPublic) {
      return (isPublic ? ofPublic : ofPrivate).hits(id.name(), id.version(), id.cksum());
    }
  }

  /// The effect of new and graver advisories on a version.
  ///
  /// @param ids their ids
  /// @param withdraws whether the version is not served any more
  /// @param denial the decision that withdraws it; null if none is needed
  record Effect(SortedSet<String> ids, boolean withdraws, @Nullable Decision denial) {
    /// Returns the decision, if one is needed.
    Stream<Decision> denials() {
      return Stream.ofNullable(denial);
    }
  }

  /// Returns the effect on a version that a snapshot allows, or empty without new or graver
  /// advisories.
  Optional<Effect> of(CrateId id) {
    boolean isPublic = origins.of(id.name()) == NameOrigin.PUBLIC;
    Rulebook rules = isPublic ? book : book.hosted();
    List<AdvisoryGroup> known = before.hits(id, isPublic);
    List<AdvisoryGroup> news =
        after.hits(id, isPublic).stream()
            .filter(hit -> !known.contains(hit))
            .filter(hit -> isGraver(rules, id, hit, known))
            .toList();
    if (news.isEmpty()) {
      return Optional.empty();
    }
    SortedSet<String> ids =
        news.stream().map(AdvisoryGroup::id).collect(Collectors.toCollection(TreeSet::new));
    Verdict verdict = verdict(rules, id, news);
    boolean withdraws = verdict != null && !rules.policy().serves(verdict);
    return Optional.of(
        new Effect(
            ids,
            withdraws,
            withdraws && verdict instanceof Verdict.Review ? denial(id, ids) : null));
  }

  /// Returns whether an earlier bundle denied a version for the snapshot of this one. A person may
  /// have decided otherwise since.
  boolean isDenied(CrateId id) {
    return store.recordedDecisions(id.name()).stream()
        .filter(d -> d.id().equals(id) && d.by().startsWith(SnapshotAdapter.BY_BUNDLE))
        .filter(d -> !d.kind().serves())
        .flatMap(d -> d.evidence().stream())
        .filter(e -> e.startsWith(SnapshotAdapter.SNAPSHOT))
        .mapToLong(e -> Long.parseLong(e.substring(SnapshotAdapter.SNAPSHOT.length())))
        .anyMatch(snapshot -> snapshot >= statement.sequence());
  }

  /// Returns whether an advisory was not known, or has a graver result than what was known of it.
  private boolean isGraver(
      Rulebook rules, CrateId id, AdvisoryGroup hit, List<AdvisoryGroup> known) {
    int weight = weight(verdict(rules, id, List.of(hit)));
    return known.stream()
        .filter(each -> hit.ids().stream().anyMatch(each::isNamed))
        .noneMatch(each -> weight(verdict(rules, id, List.of(each))) >= weight);
  }

  /// Returns the verdict by some advisories alone, or null if they say nothing against the version.
  private @Nullable Verdict verdict(Rulebook rules, CrateId id, List<AdvisoryGroup> hits) {
    return rules
        .evaluate(
            new UnlistedVersion(id.name(), id.version(), id.cksum(), VersionDecisions.NONE),
            hits,
            now)
        .verdict();
  }

  private static int weight(@Nullable Verdict verdict) {
    return switch (verdict) {
      case null -> 0;
      case Verdict.Allow _ -> 0;
      case Verdict.Hold _ -> 1;
      case Verdict.Review _ -> 1;
      case Verdict.Deny _ -> 2;
    };
  }

  private Decision denial(CrateId id, SortedSet<String> ids) {
    return new Decision(
        Decision.Kind.REVOKE,
        id,
        now,
        SnapshotAdapter.BY_BUNDLE + statement.stream().name(),
        "%s: newer than the approval of the connected side".formatted(String.join(", ", ids)),
        null,
        List.of(),
        List.of(source(), SnapshotAdapter.SNAPSHOT + statement.sequence()));
  }

  private String source() {
    return statement
        .extras()
        .advisories()
        .map(
            changes ->
                "bundle of advisories e%d/%d".formatted(statement.epoch(), changes.sequence()))
        .orElseGet(() -> "bundle e%d/%d".formatted(statement.epoch(), statement.sequence()));
  }
}
