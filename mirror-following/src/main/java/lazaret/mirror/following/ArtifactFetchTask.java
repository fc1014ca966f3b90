package lazaret.mirror.following;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import lazaret.mirror.following.FollowMeters.Part;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.SeenLockfile;
import org.jspecify.annotations.Nullable;

/// The passes through the artifacts that are fetched ahead: several a day, since verdicts change
/// with time, and one after each new lockfile or dump. One thread at a time.
final class ArtifactFetchTask implements AutoCloseable {
  /// The time from the end of a pass to the next one.
  private static final Duration EVERY = Duration.ofHours(6);

  private final FollowContext parts;
  private final FollowBudget budget;
  private final FollowMeters meters;
  private final FollowedIndexRefresher refresher;
  private final AtomicBoolean due = new AtomicBoolean(true);

  /// The digests of the lockfiles that the last pass had.
  private volatile Set<Sha256> considered = Set.of();

  private Instant next = Instant.MAX;
  private @Nullable ArtifactPass pass;
  private @Nullable CrateUseTable used;

  ArtifactFetchTask(
      FollowContext parts,
      FollowBudget budget,
      FollowMeters meters,
      FollowedIndexRefresher refresher) {
    this.parts = parts;
    this.budget = budget;
    this.meters = meters;
    this.refresher = refresher;
  }

  /// Begins a pass at the next call of [#fetch] if the last one did not have a lockfile. The record
  /// of a new one can have several sightings, since records are written every few seconds.
  void seen(SeenLockfile lockfile) {
    if (!considered.contains(lockfile.digest())) {
      due.set(true);
    }
  }

  /// Fetches artifacts until a moment, or until they have used up their part of the bytes of a day.
  ///
  /// @param table the crates of the last dump; null if there is none
  /// @return whether nothing is left to fetch
  /// @throws IOException if the table cannot be read
  boolean fetch(Instant until, @Nullable CrateUseTable table)
      throws IOException, InterruptedException {
    ArtifactPass now = pass;
    if (now == null) {
      boolean isNew = table != null && !table.equals(used);
      if (!due.getAndSet(false) && !isNew && parts.clock().instant().isBefore(next)) {
        return true;
      }
      used = table;
      // A lockfile that is recorded until the pass has read them may not be among its own.
      considered = Set.of();
      now = new ArtifactPass(parts, budget, meters, refresher, table);
      considered = now.lockfiles();
      pass = now;
    }
    while (refresher.goesOn(until) && !budget.isSpentForArtifacts()) {
      if (!parts.store().diskUsage().admits()) {
        meters.failing(Part.ARTIFACTS, "disk space is low");
        return false;
      }
      if (!now.step()) {
        end(now);
        return true;
      }
      meters.working(now.phase());
      meters.works(Part.ARTIFACTS);
    }
    if (budget.isSpentForArtifacts()) {
      meters.failing(Part.ARTIFACTS, "artifacts wait for the bytes of the next day");
    }
    return false;
  }

  private void end(ArtifactPass finished) throws IOException {
    finished.close();
    pass = null;
    next = parts.clock().instant().plus(EVERY);
    meters.idle();
    meters.works(Part.ARTIFACTS);
  }

  /// Ends the pass; the next one begins from the start.
  @Override
  public void close() throws IOException {
    ArtifactPass running = pass;
    pass = null;
    due.set(true);
    if (running != null) {
      running.close();
    }
  }
}
