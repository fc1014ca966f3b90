package lazaret.vetting.desk.snapshots;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.snapshots.SnapshotDraft.Missing;
import lazaret.vetting.desk.snapshots.SnapshotDraft.Unmet;
import lazaret.vetting.desk.snapshots.SnapshotOrder.Wish;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.upstream.CanaryCrate;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.StateTree;
import org.jspecify.annotations.Nullable;

/// The builder of the next snapshot of a gate. It evaluates every version of the snapshot and
/// writes a row for each crate that differs from the previous one. One run; not thread-safe.
final class SnapshotBuilder {
  static final String RESERVED = "its name is reserved for private crates";

  private static final int BATCH = 500;

  private final GateContext parts;
  private final Gate gate;
  private final SnapshotOrder order;
  private final Rulebook rulebook;
  private final Instant now;
  private final SnapshotStatements statements;
  private final long base;

  /// The newest snapshot whose omissions a person accepted. Revocations do not wait for an
  /// acceptance.
  private final long agreed;

  private final AcceptedOmissions gaps;
  private final List<Batch.Write> writes = new ArrayList<>();
  private final List<Missing> missing = new ArrayList<>();
  private long crates;
  private long versions;
  private long changed;
  private boolean lost;

  SnapshotBuilder(GateContext parts, Gate gate, SnapshotOrder order) {
    this.parts = parts;
    this.gate = gate;
    this.order = order;
    this.rulebook = gate.files().rulebook();
    this.now = parts.clock().instant();
    this.gaps = AcceptedOmissions.of(parts.store());
    this.statements =
        new SnapshotStatements(Sha256.of(Bytes.utf8(rulebook.policyGeneration())), now);
    List<SnapshotInfo> noted = parts.store().snapshots().all();
    this.base = noted.isEmpty() ? 0 : noted.getLast().sequence();
    this.agreed =
        noted.stream()
            .filter(s -> s.kind() != SnapshotKind.REVOCATION)
            .mapToLong(SnapshotInfo::sequence)
            .max()
            .orElse(0);
  }

  SnapshotDraft run() {
    clear(parts.store(), base);
    RunningOperation.current().each("crates", names().values(), this::crate);
    flush();
    Snapshots snapshots = parts.store().snapshots();
    long sequence = base + 1;
    Sha256 root;
    try (var leaves = snapshots.leaves(sequence)) {
      root = StateTree.root(leaves.map(Snapshots.Leaf::hash).iterator());
    }
    List<Unmet> unmet =
        new UnmetRequirements(snapshots, agreed).unmet(lost ? -1 : agreed, sequence);
    return new SnapshotDraft(sequence, base, root, crates, versions, changed, missing, unmet);
  }

  /// Removes the rows above the newest recorded snapshot, which an earlier draft left.
  ///
  /// @param newest the sequence of the newest recorded snapshot
  static void clear(Store store, long newest) {
    List<Batch.Write> drops = new ArrayList<>();
    try (Stream<SnapshotCrate> left = store.snapshots().changed(newest, Long.MAX_VALUE - 1)) {
      left.forEach(c -> drops.add(new Batch.Write.DropSnapshotCrate(newest + 1, c.name())));
    }
    for (int at = 0; at < drops.size(); at += BATCH) {
      List<Batch.Write> some = drops.subList(at, Math.min(drops.size(), at + BATCH));
      store.commit(Batch.relaxed(some));
    }
  }

  /// Returns the crates that may be in the snapshot, by collision key: those of the previous one
  /// and the requested ones.
  private SortedMap<String, CrateName> names() {
    SortedMap<String, CrateName> names = new TreeMap<>();
    try (Stream<SnapshotCrate> before = parts.store().snapshots().crates(base)) {
      before.forEach(c -> names.put(c.name().collisionKey(), c.name()));
    }
    if (order.onlyDenials()) {
      names.putAll(offeredEarlier());
    } else if (order.wishes().isEmpty()) {
      try (Stream<StoredCrate> held = parts.store().crates()) {
        held.forEach(c -> names.put(c.name().collisionKey(), c.name()));
      }
    }
    order.wishes().forEach(w -> names.putIfAbsent(w.name().collisionKey(), w.name()));
    names.remove(CanaryCrate.NAME.collisionKey());
    return names;
  }

  private void crate(CrateName name) {
    List<Wish> wishes =
        order.wishes().stream()
            .filter(w -> w.name().collisionKey().equals(name.collisionKey()))
            .toList();
    SnapshotCrate before = row(name, base);
    SnapshotCrate answered = agreed == base ? before : row(name, agreed);
    boolean reserved = parts.upstream().origin(name) == NameOrigin.RESERVED;
    CrateState file = found(name, reserved ? List.of() : wishes).orElse(null);
    List<SnapshotLine> lines =
        order.onlyDenials()
            ? denials(name, file, before)
            : file == null || reserved ? List.of() : lines(file, wishes, before);
    if (reserved) {
      // The gate does not serve a public crate of such a name. A revocation keeps its denials.
      lines = lines.stream().filter(l -> !l.statement().allows()).toList();
      wishes.forEach(w -> missing.add(reserved(name, w.version())));
    } else if (wishes.stream().anyMatch(w -> w.version() == null)
        && lines.stream().noneMatch(l -> l.statement().allows())) {
      missing.add(
          new Missing(
              name,
              null,
              "no version of it is vetted and stored; name one in full, and it is fetched",
              true,
              gaps.has(name, null)));
    }
    CrateName published = file == null ? name : file.crate().name();
    SnapshotCrate after = new SnapshotCrate(published, lines);
    crates += lines.isEmpty() ? 0 : 1;
    versions += lines.size();
    lost |= answered != null && answered.lines().stream().anyMatch(l -> !offers(after, l));
    if (before == null ? !lines.isEmpty() : !before.equals(after)) {
      changed++;
      writes.add(new Batch.Write.PutSnapshotCrate(base + 1, after));
      if (writes.size() >= BATCH) {
        flush();
      }
    }
  }

  private Missing reserved(CrateName name, @Nullable CrateVersion version) {
    return new Missing(name, version, RESERVED, true, gaps.has(name, version));
  }

  /// Returns the crates of the retained snapshots before the last one. A network may have rolled
  /// back to them, and each is a registry of its own.
  private Map<String, CrateName> offeredEarlier() {
    Map<String, CrateName> names = new HashMap<>();
    for (SnapshotInfo earlier : earlier()) {
      try (Stream<SnapshotCrate> crates = parts.store().snapshots().crates(earlier.sequence())) {
        crates.forEach(c -> names.putIfAbsent(c.name().collisionKey(), c.name()));
      }
    }
    return names;
  }

  private List<SnapshotInfo> earlier() {
    return parts.store().snapshots().all().stream()
        .filter(s -> s.kind() != SnapshotKind.REVOCATION && s.sequence() < base)
        .toList();
  }

  /// Returns the lines of the previous snapshot, of which only those of denied versions change.
  /// Lines are added for denied versions that an earlier snapshot offers. A hold or a review is not
  /// a denial.
  private List<SnapshotLine> denials(
      CrateName name, @Nullable CrateState file, @Nullable SnapshotCrate before) {
    List<SnapshotLine> known = before == null ? List.of() : before.lines();
    if (file == null) {
      return known;
    }
    List<SnapshotLine> lines = new ArrayList<>();
    for (SnapshotLine line : known) {
      lines.add(
          file.line(line.entry().version())
              .filter(held -> denies(file, held))
              .flatMap(held -> line(file, held, line, false))
              .orElse(line));
    }
    for (StoredLine held : file.lines()) {
      CrateVersion version = held.entry().version();
      if ((before == null || before.line(version).isEmpty())
          && denies(file, held)
          && earlier().stream().anyMatch(s -> offered(row(name, s.sequence()), version))) {
        line(file, held, null, true).ifPresent(lines::add);
      }
    }
    return lines;
  }

  private boolean denies(CrateState file, StoredLine held) {
    return file.under(rulebook).evaluate(held, now) instanceof Verdict.Deny;
  }

  private static boolean offered(@Nullable SnapshotCrate crate, CrateVersion version) {
    return crate != null && crate.line(version).filter(l -> l.statement().allows()).isPresent();
  }

  private @Nullable SnapshotCrate row(CrateName name, long snapshot) {
    return parts.store().snapshots().crate(name, snapshot).orElse(null);
  }

  private static boolean denied(@Nullable SnapshotCrate crate, CrateVersion version) {
    return crate != null && crate.line(version).filter(l -> !l.statement().allows()).isPresent();
  }

  private static boolean offers(SnapshotCrate crate, SnapshotLine line) {
    return !line.statement().allows()
        || crate.line(line.entry().version()).filter(l -> l.statement().allows()).isPresent();
  }

  private void flush() {
    parts.store().commit(Batch.relaxed(writes));
    writes.clear();
  }

  /// Returns the state of a crate, after fetching and inspecting the requested versions that are
  /// not stored.
  private Optional<CrateState> found(CrateName name, List<Wish> wishes) {
    for (Wish wish : wishes) {
      CrateVersion version = wish.version();
      if (version != null) {
        fetch(wish, version);
      }
    }
    return gate.files().find(name);
  }

  private void fetch(Wish wish, CrateVersion version) {
    switch (gate.finder().findNow(wish.name(), version)) {
      case VersionLookup.NotFound(var none) -> missing.add(unknown(wish.name(), version, none));
      case VersionLookup.Found(CrateState _, StoredLine line) -> {
        CrateId id = line.entry().id();
        Sha256 cksum = wish.cksum();
        if (cksum != null && !cksum.equals(id.cksum())) {
          missing.add(
              new Missing(
                  wish.name(),
                  version,
                  "the lockfile says sha256 %s, the index says %s"
                      .formatted(cksum.hex(), id.cksum().hex()),
                  false,
                  false));
        } else if (!parts.store().hasArtifact(id.cksum())
            || parts.store().findings(id.cksum()).isEmpty()) {
          var _ = gate.admission().admit(id, parts.options().vettingWait());
          // Looked up again, which fetches the base of the version.
          var _ = gate.finder().findNow(wish.name(), version);
        }
      }
    }
  }

  private Missing unknown(CrateName name, CrateVersion version, DownloadOutcome outcome) {
    return switch (outcome) {
      case DownloadOutcome.Unknown unknown ->
          new Missing(
              name,
              version,
              "%s; asked just now: %s".formatted(unknown.detail(), parts.upstream().describe()),
              true,
              gaps.has(name, version));
      case DownloadOutcome.Unavailable none ->
          new Missing(name, version, none.detail(), false, false);
      default -> new Missing(name, version, "it cannot be looked up", false, false);
    };
  }

  private List<SnapshotLine> lines(
      CrateState file, List<Wish> wishes, @Nullable SnapshotCrate before) {
    Set<CrateVersion> named = new HashSet<>();
    boolean whole = order.wishes().isEmpty();
    for (Wish wish : wishes) {
      CrateVersion version = wish.version();
      whole |= version == null;
      if (version != null) {
        named.add(version);
      }
    }
    Map<CrateVersion, SnapshotLine> known = new HashMap<>();
    if (before != null) {
      before.lines().forEach(l -> known.put(l.entry().version(), l));
    }
    List<SnapshotLine> lines = new ArrayList<>();
    for (StoredLine line : file.lines()) {
      CrateVersion version = line.entry().version();
      boolean kept = known.containsKey(version) && !order.exact();
      if (whole || kept || named.contains(version)) {
        line(file, line, known.get(version), named.contains(version)).ifPresent(lines::add);
      }
    }
    return lines;
  }

  private Optional<SnapshotLine> line(
      CrateState file, StoredLine line, @Nullable SnapshotLine before, boolean wished) {
    CrateEvaluation evaluation = file.under(rulebook);
    Verdict verdict = evaluation.evaluate(line, now);
    Sha256 cksum = line.entry().cksum();
    boolean held =
        parts.store().hasArtifact(cksum) && !parts.upstream().isForeign(file.crate().name(), cksum);
    boolean allows = verdict.allows() && held;
    if (!allows && wished && !order.onlyDenials()) {
      missing.add(
          new Missing(
              line.entry().name(),
              line.entry().version(),
              verdict.allows() ? SnapshotStatements.UNFETCHED : verdict.reason().detail(),
              false,
              denied(row(line.entry().name(), agreed), line.entry().version())));
    }
    // A requested version that is withheld becomes a line that denies it. Cargo resolves a lockfile
    // as a whole, including the packages that only another platform would fetch.
    boolean withheldBefore = before != null && !before.statement().allows();
    boolean denied = before != null && verdict instanceof Verdict.Deny;
    if (!allows && !wished && !withheldBefore && !denied) {
      return Optional.empty();
    }
    var known = new SnapshotStatements.StoredVersion(file, line);
    return Optional.of(
        new SnapshotLine(
            statements.entry(evaluation, line),
            statements.statement(known, verdict, allows, before)));
  }
}
