package lazaret.vetting.gate.serving;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lazaret.vetting.Bytes;
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
import org.jspecify.annotations.Nullable;

/// The changes of stored index files by responses of upstream and by files of other mirrors. Each
/// is repeated if another node changes the crate meanwhile. Thread-safe.
final class IndexFileStore {
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

  /// Merges a response of upstream into the stored file.
  ///
  /// @param freshness the freshness of the merged file, whose last check is the present moment
  void merge(CrateName name, Freshness freshness, Merge merge) {
    Instant now = freshness.checkedAt();
    // The limits count notices, and a repetition has the same ones.
    Map<List<Notice>, List<Notice>> limited = new HashMap<>();
    IndexMerge merged =
        files.exclusively(
            name,
            () -> {
              // Read before the state, so that a change in between is a conflict.
              long revision = parts.store().revision(name);
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
                    limited.computeIfAbsent(made.notices(), all -> removals.limited(all, now)));
              }
              return made;
            });
    if (!merged.incomplete()) {
      removals.register().settle(name, now);
    }
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
  /// @throws lazaret.vetting.MalformedException if the file is malformed
  void importFile(CrateName name, Bytes body) {
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
