package lazaret.vetting.inventory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.retention.ArtifactsReply;
import lazaret.vetting.deskapi.retention.KeptReason;
import lazaret.vetting.deskapi.retention.RemovedArtifactInfo;
import lazaret.vetting.deskapi.retention.StoredArtifactInfo;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.store.CrateRecords;
import lazaret.vetting.gate.store.RemovedArtifact;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.StoredLine;
import org.jspecify.annotations.Nullable;

/// The inventory of stored artifacts, in parts of whole crates. Thread-safe; blocks.
final class ArtifactLookup {
  /// The maximum number of artifacts from which a part ends.
  static final int MAX_PART = 1_000;

  /// The maximum number of crates that one part examines.
  private static final int MAX_CRATES = 2_000;

  private static final int MAX_LOCKFILES = 3;

  /// The name in the store of a lockfile that was sent without one.
  private static final String UNNAMED = "-";

  private final GateContext parts;
  private final Store store;
  private final ArtifactFactsReader facts;
  private final ProtectedArtifacts kept;

  ArtifactLookup(GateContext parts, ArtifactFactsReader facts, ProtectedArtifacts kept) {
    this.parts = parts;
    this.store = parts.store();
    this.facts = facts;
    this.kept = kept;
  }

  /// Returns the next stored artifacts.
  ///
  /// @param only the crate whose artifacts are returned; null for all crates
  /// @param after the crate after which the part begins; null for the first part
  /// @param limit the number of artifacts from which the part ends
  /// @param rules the rules by which artifacts are removed; null without rules
  /// @throws MalformedException if `after` is not the name of a crate
  ArtifactsReply find(
      @Nullable CrateName only, @Nullable String after, int limit, @Nullable RetentionRules rules) {
    var part = new Part(rules);
    String next = null;
    if (only != null) {
      part.add(only);
    } else {
      List<String> names = names(after);
      int examined = 0;
      while (examined < Math.min(MAX_CRATES, names.size()) && part.stored.size() < limit) {
        part.add(CrateName.parse(names.get(examined)));
        examined++;
      }
      next = examined < names.size() ? names.get(examined - 1) : null;
    }
    return new ArtifactsReply(
        part.stored, part.removed, store.counts().artifacts(), store.diskUsage().usedBytes(), next);
  }

  /// Returns the next crates: one more than a part examines, if there are so many.
  private List<String> names(@Nullable String after) {
    if (after != null && !CrateName.isValid(after)) {
      throw new MalformedException(
          "cannot read the request: expected `next` of the previous part as `after`");
    }
    String from = after == null ? "" : CrateName.parse(after).collisionKey() + ' ';
    try (Stream<String> names = store.names(from)) {
      return names.limit(MAX_CRATES + 1L).toList();
    }
  }

  /// A part under construction. For one thread.
  private final class Part {
    private final @Nullable RetentionRules rules;
    private final Instant now = parts.clock().instant();
    private final LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    private final List<StoredArtifactInfo> stored = new ArrayList<>();
    private final List<RemovedArtifactInfo> removed = new ArrayList<>();

    Part(@Nullable RetentionRules rules) {
      this.rules = rules;
    }

    void add(CrateName name) {
      store.records(name).ifPresent(this::add);
    }

    private void add(CrateRecords crate) {
      for (StoredLine line : crate.crate().lines()) {
        Sha256 cksum = line.entry().cksum();
        facts
            .read(line, today, rules != null && rules.needsOrigin())
            .ifPresentOrElse(
                found -> stored.add(info(crate, line, found)),
                () ->
                    store.removedArtifact(cksum).map(ArtifactLookup::info).ifPresent(removed::add));
      }
    }

    private StoredArtifactInfo info(CrateRecords crate, StoredLine line, ArtifactFacts found) {
      CrateId id = found.id();
      List<KeptReason> reasons = kept.all(new ProtectedArtifacts.Subject(crate, line, now));
      RetentionRules all = rules;
      return new StoredArtifactInfo(
          id.name(),
          id.version(),
          id.cksum(),
          found.bytes(),
          found.recorded() ? found.used() : null,
          reasons,
          reasons.contains(KeptReason.LOCKFILE) ? lockfiles(id) : List.of(),
          all == null || !reasons.isEmpty() ? null : all.first(found, now).orElse(null));
    }

    private List<String> lockfiles(CrateId id) {
      return kept.lockfiles(id).stream()
          .flatMap(lockfile -> lockfile.count().stream())
          .map(SeenLockfile.Sighting::name)
          .filter(name -> !name.equals(UNNAMED))
          .distinct()
          .sorted()
          .limit(MAX_LOCKFILES)
          .toList();
    }
  }

  private static RemovedArtifactInfo info(RemovedArtifact artifact) {
    CrateId id = artifact.id();
    return new RemovedArtifactInfo(
        id.name(), id.version(), id.cksum(), artifact.bytes(), artifact.at(), artifact.rule());
  }
}
