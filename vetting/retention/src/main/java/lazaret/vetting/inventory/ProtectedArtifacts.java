package lazaret.vetting.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.retention.KeptReason;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.feeds.LockfilePackageIndex;
import lazaret.vetting.gate.store.CrateRecords;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.SignalWeight;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.snapshot.SnapshotInfo;
import org.jspecify.annotations.Nullable;

/// The artifacts that no rule removes, whatever it says, with the reasons. Thread-safe; blocks.
final class ProtectedArtifacts {
  private static final int COOLDOWNS = 2;

  /// A sequence after that of each draft of a snapshot.
  private static final long WITH_DRAFT = Long.MAX_VALUE - 1;

  private final Store store;
  private final CurrentRulebook rules;
  private final Upstream upstream;
  private final LockfilePackageIndex lockfiles;

  /// The artifacts of snapshots of the crate that was asked for last.
  private volatile @Nullable InSnapshots known;

  ProtectedArtifacts(GateContext parts, LockfilePackageIndex lockfiles) {
    this.store = parts.store();
    this.rules = parts.rules();
    this.upstream = parts.upstream();
    this.lockfiles = lockfiles;
  }

  /// A stored artifact at a moment.
  ///
  /// @param crate the rows of its crate
  /// @param line its index line
  record Subject(CrateRecords crate, StoredLine line, Instant now) {
    CrateId id() {
      return line.entry().id();
    }
  }

  /// The artifacts of a crate that snapshots serve.
  ///
  /// @param crate the rows of the crate, as one reading of the store returned them
  private record InSnapshots(CrateRecords crate, Set<Sha256> cksums) {}

  /// Reads the lockfiles again at the next use, since those of other nodes can have been missed.
  void reload() {
    if (store.shared().isPresent()) {
      lockfiles.reload();
    }
  }

  /// Returns a reason to keep an artifact, or empty if there is none.
  Optional<KeptReason> first(Subject subject) {
    return Stream.of(KeptReason.values()).filter(reason -> holds(reason, subject)).findFirst();
  }

  /// Returns all reasons to keep an artifact.
  List<KeptReason> all(Subject subject) {
    return Stream.of(KeptReason.values()).filter(reason -> holds(reason, subject)).toList();
  }

  /// Returns the submitted lockfiles that contain a version.
  List<SeenLockfile> lockfiles(CrateId id) {
    return lockfiles.containing(locked(id));
  }

  private boolean holds(KeptReason reason, Subject subject) {
    CrateId id = subject.id();
    return switch (reason) {
      case PRIVATE -> upstream.origin(id.name()) != NameOrigin.PUBLIC;
      case GONE_UPSTREAM -> isGone(subject.line());
      case YANKED -> subject.line().entry().yanked() || subject.line().yankedSince() != null;
      case YOUNG -> isYoung(subject);
      case DECISION ->
          subject.crate().decisions().stream()
              .anyMatch(decision -> decision.id().version().equals(id.version()));
      case NOT_INSPECTED -> !subject.crate().findings().containsKey(id.cksum());
      case FINDINGS -> isRemarkable(subject.crate().findings().get(id.cksum()));
      case REQUEST -> store.request(id.name(), id.version()).isPresent();
      // The keys of the next two are those of the registers of vetting/reading.
      case NOTE ->
          hasRow(DeskTable.LINE_NOTES, id.name().collisionKey() + ' ' + id.version().text() + '/');
      case READ -> hasRow(DeskTable.READ_CONTENT, "version/" + id.cksum().hex() + '/');
      case SNAPSHOT -> inSnapshots(subject.crate()).contains(id.cksum());
      case LOCKFILE -> lockfiles.contains(locked(id));
    };
  }

  private static String locked(CrateId id) {
    return id.name().collisionKey() + ' ' + id.version().text();
  }

  private static boolean isGone(StoredLine line) {
    return line.removedSince() != null
        || line.missingSince() != null
        || line.changedCksum() != null;
  }

  private static boolean isRemarkable(@Nullable Findings findings) {
    return findings != null
        && (!findings.conformant()
            || findings
                .heaviest()
                .filter(weight -> weight.compareTo(SignalWeight.REVIEW) >= 0)
                .isPresent());
  }

  private boolean isYoung(Subject subject) {
    Policy policy = rules.current().policy();
    return policy
        .ageFrom(subject.line())
        .plus(policy.buildCooldown().multipliedBy(COOLDOWNS))
        .isAfter(subject.now());
  }

  private boolean hasRow(DeskTable table, String prefix) {
    try (Stream<DeskRow> rows = store.deskRows().list(table, prefix)) {
      return rows.findAny().isPresent();
    }
  }

  /// Returns the artifacts of a crate that retained snapshots serve, or one that is being made.
  @SuppressWarnings("ReferenceEquality") // a later reading of equal rows can have other snapshots
  private Set<Sha256> inSnapshots(CrateRecords crate) {
    InSnapshots last = known;
    if (last == null || last.crate() != crate) {
      last = new InSnapshots(crate, readSnapshots(crate.crate().name()));
      known = last;
    }
    return last.cksums();
  }

  private Set<Sha256> readSnapshots(CrateName name) {
    Stream<Long> sequences = store.snapshots().all().stream().map(SnapshotInfo::sequence);
    return Stream.concat(sequences, Stream.of(WITH_DRAFT))
        .flatMap(sequence -> store.snapshots().crate(name, sequence).stream())
        .flatMap(crate -> crate.lines().stream())
        .filter(line -> line.statement().allows())
        .map(line -> line.entry().cksum())
        .collect(Collectors.toUnmodifiableSet());
  }
}
