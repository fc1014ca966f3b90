package lazaret.vetting.gate.serving;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.evaluation.IndexMerge;
import lazaret.vetting.gate.removal.RemovalRule;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;
import org.jspecify.annotations.Nullable;

/// The changes of stored index files by responses of upstream and by files of other mirrors. Each
/// is repeated if another node changes the crate meanwhile. Thread-safe.
final class IndexFileStore {
  private static final Set<Notice.Kind> DAMAGE =
      EnumSet.of(Notice.Kind.CKSUM_CHANGED, Notice.Kind.LINE_CHANGED, Notice.Kind.LINE_OMITTED);

  private final GateContext parts;
  private final CrateStates files;
  private final SuspectedRemovals removals;

  IndexFileStore(GateContext parts, CrateStates files, SuspectedRemovals removals) {
    this.parts = parts;
    this.files = files;
    this.removals = removals;
  }

  /// A change of an index file by a response of upstream.
  interface Merge {
    /// Returns the merge by the rule for removals.
    ///
    /// @param held the stored file, or an empty one
    /// @param checkedBefore the moment of the last confirmation; null if there is none
    Function<RemovalRule, IndexMerge> of(StoredCrate held, @Nullable Instant checkedBefore);
  }

  /// Merges a response of upstream into the stored file, unless the name belongs to another
  /// registry than when upstream was asked.
  ///
  /// @param from the origin of the name when upstream was asked
  /// @param freshness the freshness of the merged file, whose last check is the present moment
  /// @return whether it was merged
  boolean merge(CrateName name, NameOrigin from, Freshness freshness, Merge merge) {
    Instant now = freshness.checkedAt();
    // The limits count notices, and a repetition has the same ones.
    Map<List<Notice>, List<Notice>> limited = new HashMap<>();
    Optional<IndexMerge> merged =
        files.exclusively(
            name,
            () -> {
              // Read before the state, so that a change in between is a conflict.
              long revision = parts.store().revision(name);
              if (parts.upstream().confirmedOrigin(name) != from) {
                return Optional.empty();
              }
              CrateState before = files.current(name).orElse(null);
              if (before != null) {
                removals.register().asked(name, now);
              }
              StoredCrate held =
                  before == null ? new StoredCrate(name, List.of(), List.of()) : before.crate();
              IndexMerge made =
                  removals.merged(
                      name,
                      merge.of(FutureMoments.seenBy(held, now), FutureMoments.checked(before, now)),
                      now);
              // While a removal is suspected, upstream is asked for the whole file.
              Freshness kept = made.incomplete() ? freshness.unvalidated() : freshness;
              if (before != null && made.crate().equals(held)) {
                files.storeFreshness(before.withFreshness(kept));
              } else {
                CrateState after =
                    files.open(made.crate(), kept, before == null ? revision : before.revision());
                files.publishMerged(
                    after,
                    limited.computeIfAbsent(
                        told(made.notices(), from), all -> removals.limited(all, now)));
              }
              return Optional.of(made);
            });
    if (merged.filter(made -> !made.incomplete()).isPresent()) {
      removals.register().settle(name, now);
    }
    return merged.isPresent();
  }

  /// Returns the notices that a merge causes. The changes of a private crate are recorded when they
  /// are made here; what remains are signs of a damaged row.
  private static List<Notice> told(List<Notice> notices, NameOrigin from) {
    return from == NameOrigin.PRIVATE
        ? notices.stream().filter(each -> DAMAGE.contains(each.kind())).toList()
        : notices;
  }

  /// Stores that upstream confirmed the stored file.
  ///
  /// @param before the freshness with whose validators upstream was asked
  void confirm(CrateName name, Freshness before) {
    Instant now = parts.clock().instant();
    Freshness freshness = new Freshness(before.validators(), before.fetchedAt(), now);
    removals.register().asked(name, now);
    var _ =
        files.exclusively(
            name,
            () ->
                files
                    .current(name)
                    .map(
                        file -> {
                          StoredCrate seen = FutureMoments.seenBy(file.crate(), now);
                          return seen.equals(file.crate())
                              ? files.storeFreshness(file.withFreshness(freshness))
                              : files.publishMerged(
                                  files.open(seen, freshness, file.revision()), List.of());
                        }));
  }

  /// Stores the file of another mirror as one that was never confirmed, unless the crate is stored.
  ///
  /// @throws MalformedException if the file is malformed, or the name belongs to a private registry
  void importFile(CrateName name, Bytes body) {
    NameOrigin origin = parts.upstream().confirmedOrigin(name);
    if (origin != NameOrigin.PUBLIC) {
      throw new MalformedException(
          "cannot import %s: expected a public name, found one that is %s here (two-origins)"
              .formatted(name.published(), origin.code()));
    }
    IndexFile file = IndexFile.parse(name, body, parts.options().indexLimits());
    Instant now = parts.clock().instant();
    CrateState _ =
        files.exclusively(
            name,
            () -> {
              long revision = parts.store().revision(name);
              CrateState before = files.current(name).orElse(null);
              if (before != null) {
                return before;
              }
              StoredCrate none = new StoredCrate(name, List.of(), List.of());
              IndexMerge merged =
                  IndexMerge.of(none, null, file, removals.register().rule(name), now);
              Freshness never = new Freshness(Validators.NONE, now, Instant.EPOCH);
              return files.publishMerged(
                  files.open(merged.crate(), never, revision), merged.notices());
            });
  }
}
