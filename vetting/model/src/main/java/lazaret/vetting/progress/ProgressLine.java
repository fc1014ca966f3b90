package lazaret.vetting.progress;

import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The progress of a long operation, printed in the form of a [ProgressMode]. The share comes from
/// another program, or is counted here. It is printed at most twice a second; after the end a
/// terminal line is removed, and JSON lines have a last one. Thread-safe.
public final class ProgressLine implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration REMOTE_TICK = Duration.ofSeconds(1);

  private final ProgressPrinter out;
  private final @Nullable Supplier<ProgressShare> remote;
  private final LongSupplier nanos;
  private final long begun;
  private final AtomicReference<ProgressShare> counted =
      new AtomicReference<>(ProgressShare.UNKNOWN);
  private final Thread ticks;
  private volatile boolean complete;

  // The following are guarded by this.
  private final ProgressMeters meters = new ProgressMeters();
  private boolean closed;

  /// Creates the progress without printing it.
  ///
  /// @param remote the share, requested once a second from another thread; null if it is counted by
  ///   [#begin] and [#step]
  /// @param nanos a monotonic clock in nanoseconds
  ProgressLine(ProgressPrinter out, @Nullable Supplier<ProgressShare> remote, LongSupplier nanos) {
    this.out = out;
    this.remote = remote;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
    this.ticks = Thread.ofVirtual().name("progress").unstarted(this::tick);
  }

  /// Starts to print the progress of an operation that is counted by [#begin] and [#step].
  public static ProgressLine counting(ProgressPrinter out) {
    return new ProgressLine(out, null, System::nanoTime).started();
  }

  /// Starts to print the progress of an operation elsewhere.
  ///
  /// @param share the completed share, requested once a second from another thread; may block
  public static ProgressLine following(ProgressPrinter out, Supplier<ProgressShare> share) {
    return new ProgressLine(out, share, System::nanoTime).started();
  }

  private ProgressLine started() {
    if (!out.silent()) {
      ticks.start();
    }
    return this;
  }

  private void tick() {
    try {
      for (ProgressShare share = counted.get(); show(share); share = after(share)) {
        Thread.sleep(remote == null ? TICK : REMOTE_TICK);
      }
    } catch (InterruptedException _) {
      // The operation has ended.
    }
  }

  /// Returns the next share. At its end an operation elsewhere is not listed any more.
  private ProgressShare after(ProgressShare last) {
    ProgressShare next = remote == null ? counted.get() : remote.get();
    return next.equals(ProgressShare.UNKNOWN) ? last : next;
  }

  /// Prints a share, unless the operation has ended.
  ///
  /// @return false if it has ended
  synchronized boolean show(ProgressShare share) {
    if (closed) {
      return false;
    }
    long now = nanos.getAsLong();
    ProgressInfo info = meters.sample(share, now);
    out.print(info, Duration.ofNanos(now - begun));
    return true;
  }

  /// Begins a phase.
  ///
  /// @param phase the name of the phase, one word; also its unit, if that is empty
  /// @param total the number of steps, or 0 if it is not known
  /// @param unit the unit of the steps in the plural; empty for the name of the phase
  public void begin(String phase, long total, String unit) {
    out.resume();
    counted.set(new ProgressShare(phase, 0, total, unit.isEmpty() ? phase : unit));
  }

  /// Counts one completed step of the phase.
  public void step() {
    counted.updateAndGet(share -> share.reached(share.done() + 1));
  }

  /// Sets the number of completed steps of the phase.
  public void reach(long done) {
    counted.updateAndGet(share -> share.reached(done));
  }

  /// Prints a line that is not part of the progress.
  public void note(String text) {
    out.note(text);
  }

  /// Removes the line and prints no progress until the next phase begins.
  public void hide() {
    out.hide();
  }

  /// Returns standard error for the output of a program that runs meanwhile.
  public OutputStream beside() {
    return out.beside();
  }

  /// Records that the operation ended with a result.
  public void complete() {
    complete = true;
  }

  /// Ends the progress. Without [#complete], the operation has failed. Closing twice is allowed.
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    ticks.interrupt();
    try {
      ticks.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    long now = nanos.getAsLong();
    synchronized (this) {
      if (remote == null) {
        ProgressInfo _ = meters.sample(counted.get(), now);
      }
      out.end(meters.end(complete, now));
    }
  }
}
