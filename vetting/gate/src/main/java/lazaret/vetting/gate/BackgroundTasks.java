package lazaret.vetting.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.feeds.IndicatorRescan;
import lazaret.vetting.gate.retention.DropKind;
import lazaret.vetting.gate.serving.Admission;
import lazaret.vetting.gate.serving.BaseVersionFetcher;
import lazaret.vetting.gate.serving.IndexRefresher;
import lazaret.vetting.gate.serving.UsageLog;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;

/// The background tasks of the gate. They inspect versions whose cooldown ends soon, so that a
/// shorter cooldown applies to those that qualify. They search stored artifacts again when feeds
/// name other indicators, and write the usage log. They also confirm removals upstream, store what
/// the store refused before and remove old records.
final class BackgroundTasks {
  private static final System.Logger LOG = System.getLogger(BackgroundTasks.class.getName());
  private static final int QUEUE = 4_096;
  private static final int PER_CRATE = 4;
  private static final Duration AHEAD = Duration.ofDays(1);
  private static final Duration FLUSH_EVERY = Duration.ofSeconds(2);
  private static final Duration STORE_LATER_EVERY = Duration.ofSeconds(10);
  private static final Duration RESCAN_EVERY = Duration.ofSeconds(1);
  private static final Duration RETENTION_EVERY = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final GateContext parts;
  private final CrateStates files;
  private final Admission admission;
  private final BaseVersionFetcher bases;
  private final UsageLog usageLog;
  private final IndicatorRescan rescan;
  private final IndexRefresher keeper;
  private final BlockingQueue<CrateName> used = new LinkedBlockingQueue<>(QUEUE);
  private final BlockingQueue<CrateId> asked = new LinkedBlockingQueue<>(QUEUE);
  private final BoundedCache<String, TimeSpan> lookedAt = new BoundedCache<>(50_000, _ -> 1);
  private volatile Leader leader = Leader.ALONE;
  private volatile List<Thread> threads = List.of();

  BackgroundTasks(
      GateContext parts,
      CrateStates files,
      Admission admission,
      BaseVersionFetcher bases,
      UsageLog usageLog,
      IndicatorRescan rescan,
      IndexRefresher keeper) {
    this.parts = parts;
    this.files = files;
    this.admission = admission;
    this.bases = bases;
    this.usageLog = usageLog;
    this.rescan = rescan;
    this.keeper = keeper;
  }

  /// Starts the tasks.
  ///
  /// @param chosen chooses the node that does what one node suffices for
  void start(Leader chosen) {
    leader = chosen;
    threads =
        List.of(
            Thread.ofVirtual().name("inspect ahead").start(this::inspectAhead),
            Thread.ofVirtual().name("inspect asked").start(this::inspectAsked),
            Thread.ofPlatform().name("rescan").daemon().start(this::lookAgain),
            Thread.ofVirtual().name("removals").start(this::confirmRemovals),
            Thread.ofVirtual().name("store later").start(this::storeLater),
            Thread.ofVirtual().name("retention").start(this::retain),
            Thread.ofVirtual().name("usage log").start(this::writeUsageLog));
  }

  void stop() {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// Records the use of a crate. A crate that was recorded within the index TTL costs nothing.
  void used(CrateName name) {
    TimeSpan last = lookedAt.get(name.collisionKey());
    Instant now = parts.clock().instant();
    if (!threads.isEmpty() && (last == null || !last.holds(now))) {
      lookedAt.put(name.collisionKey(), TimeSpan.from(now, parts.options().indexTtl()));
      boolean _ = used.offer(name);
    }
  }

  /// Queues a refused version for inspection, so that the next refusal names its real cooldown.
  void asked(CrateId id, Verdict verdict, Requester asker) {
    if (!threads.isEmpty()
        && waitsForInspection(verdict)
        && !asked.contains(id)
        && admits(asker)
        && !asked.offer(id)) {
      parts.growth().dropped().add(DropKind.INSPECTIONS, 1);
    }
  }

  private boolean admits(Requester asker) {
    String token = asker.token().equals(Requester.ANONYMOUS) ? null : asker.token();
    return parts.growth().inspections().admits(token, asker.address(), parts.clock().instant());
  }

  private void inspectAsked() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        CrateId id = asked.take();
        if (parts.store().findings(id.cksum()).isEmpty()) {
          admission.admit(id, PATIENCE);
          compare(id);
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "inspection of requested versions failed", e);
      }
    }
  }

  private void inspectAhead() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        CrateName name = used.take();
        files.find(name).ifPresent(this::inspectHeldBack);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "inspection ahead of time failed", e);
      }
    }
  }

  private void inspectHeldBack(CrateState file) {
    CrateEvaluation evaluation = file.under(files.rulebook());
    Policy policy = evaluation.rulebook().policy();
    Instant now = parts.clock().instant();
    file.lines().stream()
        .filter(line -> !line.entry().yanked())
        .filter(line -> inspectionIsDue(evaluation.evaluate(line, now), line, policy, now))
        .sorted(Comparator.comparing((StoredLine line) -> line.entry().version()).reversed())
        .limit(PER_CRATE)
        .forEach(
            line -> {
              admission.admit(line.entry().id(), PATIENCE);
              compare(line.entry().id());
            });
  }

  /// Fetches the version with which another is compared, so that the next view does not have to.
  private void compare(CrateId id) {
    files
        .find(id.name())
        .ifPresent(
            file -> {
              CrateState _ = bases.with(file, file.line(id.version()).stream().toList(), PATIENCE);
            });
  }

  private static boolean inspectionIsDue(
      Verdict verdict, StoredLine line, Policy policy, Instant now) {
    return waitsForInspection(verdict)
        && (verdict.has(Reason.Code.FIX)
            || !now.isBefore(policy.ageFrom(line).plus(policy.cooldown()).minus(AHEAD)));
  }

  private static boolean waitsForInspection(Verdict verdict) {
    return verdict instanceof Verdict.Hold && verdict.has(Reason.Code.NOT_INSPECTED);
  }

  /// Searches the stored artifacts whenever the feeds name other indicators.
  private void lookAgain() {
    while (true) {
      try {
        rescan.searchLate();
        boolean _ = leader.run(rescan::run);
        TimeUnit.NANOSECONDS.sleep(RESCAN_EVERY.toNanos());
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "indicator rescan failed", e);
        if (!pause()) {
          return;
        }
      }
    }
  }

  private void confirmRemovals() {
    while (true) {
      try {
        TimeUnit.NANOSECONDS.sleep(RESCAN_EVERY.toNanos());
        boolean _ = leader.run(keeper::confirmRemovals);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "confirmation of removals upstream failed", e);
        if (!pause()) {
          return;
        }
      }
    }
  }

  /// Removes records past their retention: soon after the start, then after each day.
  private void retain() {
    while (pause()) {
      try {
        if (leader.run(usageLog.retention()::run)) {
          TimeUnit.NANOSECONDS.sleep(RETENTION_EVERY.toNanos());
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "removal of records past their retention failed", e);
      }
    }
  }

  private static boolean pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(PATIENCE.toNanos());
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  /// Stores what was served from heap while the store refused writes.
  private void storeLater() {
    while (true) {
      try {
        TimeUnit.NANOSECONDS.sleep(STORE_LATER_EVERY.toNanos());
        files.saveUnsaved();
        admission.storeLater();
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "artifacts not stored that were served while disk space was low",
            e);
      }
    }
  }

  private void writeUsageLog() {
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(FLUSH_EVERY.toNanos());
        usageLog.flush();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
