package lazaret.vetting.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import lazaret.vetting.Bytes;
import lazaret.vetting.Deadline;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.desk.GateMeters.Count;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.UnverifiedCrate;
import lazaret.vetting.inspect.Verification;
import lazaret.vetting.inspect.VerifiedCrate;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.timing.TimeSpan;
import org.jspecify.annotations.Nullable;

/// Fetches an artefact, checks its SHA-256, inspects it and stores it: one run per SHA-256 however
/// many wait. Wrong bytes are never stored and never handed out. Thread-safe.
final class Admission {
  private static final System.Logger LOG = System.getLogger(Admission.class.getName());

  /// How long an absent object is not asked for again.
  private static final Duration ABSENT_PAUSE = Duration.ofMinutes(1);

  /// How long wrong bytes refuse a version the first time: an error in transit is over by then.
  private static final Duration FIRST_WRONG_PAUSE = Duration.ofSeconds(10);

  /// How long they do from the second time on: whoever sends them means it.
  private static final Duration WRONG_PAUSE = Duration.ofMinutes(10);

  /// How often wrong bytes of one version are noted before the right ones come.
  private static final int MOST_WRONG_NOTICES = 2;

  /// How long a background fetch of an artifact that was not stored may take.
  private static final Duration LATER_PATIENCE = Duration.ofMinutes(2);

  /// How many misses are kept in heap, to be told of: what is forgotten is asked for again.
  private static final int MOST_MISSES = 20_000;

  private final GateParts parts;
  private final GateMeters meters;
  private final CaseFiles files;
  private final Shelf shelf;
  private final Semaphore slots;
  private final CurrentIndicators indicators;
  private final SingleFlight<Sha256, Admitted> flights = new SingleFlight<>();
  private final BoundedMemory<Sha256, Miss> misses = new BoundedMemory<>(MOST_MISSES, _ -> 1);

  /// The artifacts that were checked and could not be stored.
  private final BoundedMemory<Sha256, CrateId> unstored = new BoundedMemory<>(MOST_MISSES, _ -> 1);

  Admission(
      GateParts parts,
      GateMeters meters,
      CaseFiles files,
      Shelf shelf,
      CurrentIndicators indicators) {
    this.parts = parts;
    this.meters = meters;
    this.files = files;
    this.shelf = shelf;
    this.indicators = indicators;
    this.slots = new Semaphore(parts.options().parallelDownloads());
  }

  /// What became of an admission.
  sealed interface Admitted {
    /// Verified bytes with their findings; stored where there was room.
    record Ready(Bytes bytes, Findings findings) implements Admitted {}

    /// The archive is hostile; it was thrown away and the finding kept.
    record Hostile(Findings findings) implements Admitted {}

    /// The bytes did not come.
    sealed interface Missed extends Admitted {
      /// Returns which kind of failure it is.
      ErrorCode code();

      /// Returns one clause for a person.
      ///
      /// @param id what was asked for
      String detail(CrateId id);
    }

    /// Upstream sent other bytes; they were thrown away.
    record Tampered(Sha256 found) implements Missed {
      @Override
      public ErrorCode code() {
        return ErrorCode.CKSUM_MISMATCH;
      }

      @Override
      public String detail(CrateId id) {
        return new DownloadOutcome.Tampered(id, found).detail();
      }
    }

    /// Upstream has no such object.
    record Absent(int status) implements Missed {
      @Override
      public ErrorCode code() {
        return ErrorCode.BYTES_MISSING;
      }

      @Override
      public String detail(CrateId id) {
        return new DownloadOutcome.Absent(id, status).detail();
      }
    }

    /// Upstream could not be asked.
    record Failed(String why, @Nullable Duration retryAfter) implements Missed {
      @Override
      public ErrorCode code() {
        return ErrorCode.UPSTREAM_UNAVAILABLE;
      }

      @Override
      public String detail(CrateId id) {
        return why;
      }
    }
  }

  /// An attempt to fetch that failed.
  ///
  /// @param wrong how often wrong bytes came since the right ones were last seen
  record Miss(Instant at, Admitted.Missed outcome, int wrong) {
    /// Returns whether upstream is not asked again so soon.
    private boolean standsAt(Instant now) {
      return TimeSpan.from(at, pause()).holds(now);
    }

    private Duration pause() {
      return switch (outcome) {
        case Admitted.Tampered _ -> wrong > 1 ? WRONG_PAUSE : FIRST_WRONG_PAUSE;
        case Admitted.Absent _ -> ABSENT_PAUSE;
        case Admitted.Failed _ -> Duration.ZERO;
      };
    }
  }

  /// Returns the last attempt to fetch bytes, where it failed; empty where none did since the gate
  /// started, and where so many others failed since that it was forgotten.
  Optional<Miss> lastMiss(Sha256 cksum) {
    return Optional.ofNullable(misses.get(cksum));
  }

  /// Returns whether the last attempt to fetch bytes found wrong ones or none: such a version is
  /// not recommended.
  boolean refused(Sha256 cksum) {
    Miss miss = misses.get(cksum);
    return miss != null
        && switch (miss.outcome()) {
          case Admitted.Tampered _, Admitted.Absent _ -> true;
          case Admitted.Failed _ -> false;
        };
  }

  /// Admits an artefact.
  ///
  /// @param wait how long to wait for the run
  /// @return the outcome; empty where the run is still under way
  Optional<Admitted> admit(CrateId id, Duration wait) {
    Miss known = misses.get(id.cksum());
    if (known != null && known.standsAt(parts.clock().instant())) {
      return Optional.of(known.outcome());
    }
    return flights.join(id.cksum(), () -> run(id), wait);
  }

  /// Returns whether an artifact is being fetched or inspected.
  boolean isRunning(Sha256 cksum) {
    return flights.isRunning(cksum);
  }

  /// Returns whether upstream was asked for bytes without success a short time ago.
  boolean missed(Sha256 cksum) {
    Miss miss = misses.get(cksum);
    Instant now = parts.clock().instant();
    return miss != null
        && (miss.standsAt(now)
            || TimeSpan.from(miss.at(), parts.options().retryPause()).holds(now));
  }

  /// Stores the artifacts that were served while the store could not take them, as long as it takes
  /// them. Bytes that heap no longer remembers are fetched again.
  void storeLater() {
    for (CrateId id : unstored.values()) {
      if (!parts.store().room().admits()) {
        return;
      }
      unstored.remove(id.cksum());
      if (!parts.store().holdsArtefact(id.cksum())) {
        Bytes known = shelf.remembered(id.cksum()).orElse(null);
        Optional<Admitted> _ =
            known == null
                ? admit(id, LATER_PATIENCE)
                : Optional.of(check(id, new UnverifiedCrate(known)));
      }
    }
  }

  /// Takes over bytes from another mirror's folder, checked and inspected like any other.
  Admitted takeOver(CrateId id, Bytes bytes) {
    return check(id, new UnverifiedCrate(bytes));
  }

  private Admitted run(CrateId id) {
    Bytes held = shelf.take(id).orElse(null);
    if (held != null) {
      // What an older inspector saw is seen again by this one, without asking upstream.
      return parts
          .store()
          .findings(id.cksum())
          .filter(Findings::current)
          .<Admitted>map(known -> new Admitted.Ready(held, known))
          .orElseGet(() -> check(id, new UnverifiedCrate(held)));
    }
    slots.acquireUninterruptibly();
    try {
      Admitted outcome = fetch(id);
      if (outcome instanceof Admitted.Tampered) {
        // Once more: a cache on the way may have been at fault.
        outcome = fetch(id);
      }
      return settle(id, outcome);
    } finally {
      slots.release();
    }
  }

  private Admitted fetch(CrateId id) {
    return switch (parts.upstream().artefact(id)) {
      case Upstream.ArtefactAnswer.Received received -> check(id, received.crate());
      case Upstream.ArtefactAnswer.Absent absent -> new Admitted.Absent(absent.status());
      case Upstream.ArtefactAnswer.Unavailable none ->
          new Admitted.Failed(none.why(), none.retryAfter());
    };
  }

  private Admitted settle(CrateId id, Admitted outcome) {
    Miss before = misses.get(id.cksum());
    int wrong = before == null ? 0 : before.wrong();
    if (outcome instanceof Admitted.Tampered tampered) {
      wrong++;
      wrongBytes(id, tampered, wrong);
    }
    if (outcome instanceof Admitted.Missed missed) {
      misses.put(id.cksum(), new Miss(parts.clock().instant(), missed, wrong));
    } else {
      misses.remove(id.cksum());
    }
    return outcome;
  }

  private void wrongBytes(CrateId id, Admitted.Tampered tampered, int times) {
    meters.add(Count.WRONG_BYTES);
    if (times > MOST_WRONG_NOTICES) {
      return;
    }
    String detail =
        "upstream sent sha256 %s, the index says %s"
            .formatted(tampered.found().hex(), id.cksum().hex());
    notice(
        Notice.Kind.WRONG_BYTES,
        id,
        times == 1
            ? detail
            : "%s, for the second time: refused for %d minutes at a time"
                .formatted(detail, WRONG_PAUSE.toMinutes()));
  }

  private Admitted check(CrateId id, UnverifiedCrate crate) {
    return switch (crate.verify(id)) {
      case Verification.Mismatch mismatch -> new Admitted.Tampered(mismatch.found());
      case Verification.Match match -> inspect(id, match.crate());
    };
  }

  private Admitted inspect(CrateId id, VerifiedCrate crate) {
    CurrentIndicators.Prepared wanted = indicators.get();
    Findings findings =
        Inspector.inspect(
            crate, parts.options().inspectLimits(), wanted.expected(files, id), Deadline.MONOTONIC);
    Write kept = new Write.PutFindings(findings);
    if (!findings.conformant()) {
      meters.add(Count.HOSTILE_ARCHIVES);
      List<Write> writes = new ArrayList<>(List.of(kept));
      writes.addAll(parts.appends(hostile(id, findings)));
      boolean _ = store(id, findings, Batch.synced(writes));
      return new Admitted.Hostile(findings);
    }
    // Not synced: what a power cut takes is fetched anew, and cargo waits for every one of these.
    boolean stored =
        store(id, findings, Batch.relaxed(List.of(kept, new Write.PutArtefact(crate))));
    meters.add(stored ? Count.ADMISSIONS : Count.ADMISSIONS_WITHOUT_ROOM);
    if (!stored) {
      unstored.put(id.cksum(), id);
    }
    if (!indicators.get().equals(wanted)) {
      // What looks through the store again may have passed here before these bytes were stored.
      return inspect(id, crate);
    }
    shelf.remember(id.cksum(), crate.bytes());
    return new Admitted.Ready(crate.bytes(), findings);
  }

  private boolean store(CrateId id, Findings findings, Batch batch) {
    try {
      files.admitted(id, findings, batch);
      return true;
    } catch (StoreException e) {
      if (!e.refusesWrites()) {
        throw e;
      }
      LOG.log(
          System.Logger.Level.WARNING, "{0} was checked but not stored: {1}", id, e.getMessage());
      return false;
    }
  }

  private Notice hostile(CrateId id, Findings findings) {
    return new Notice(
        Notice.Kind.HOSTILE_ARCHIVE,
        parts.clock().instant(),
        Notice.GATE,
        id.name(),
        id.version().text(),
        findings.problems().getFirst().toString());
  }

  private void notice(Notice.Kind kind, CrateId id, String detail) {
    Notice notice =
        new Notice(
            kind, parts.clock().instant(), Notice.GATE, id.name(), id.version().text(), detail);
    List<Write> appends = parts.appends(notice);
    if (!appends.isEmpty()) {
      parts.store().commit(Batch.synced(appends));
    }
  }
}
