package lazaret.sandbox.folders;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What is done when this process is told to end (Ctrl-C, SIGTERM) while something is open:
/// commands are ended, and nothing is left on the machine. What was opened last is done first.
/// Thread-safe.
public final class Interruption implements AutoCloseable {
  private static final Deque<Interruption> OPEN = new ArrayDeque<>();
  private static @Nullable Thread hook;
  private static boolean begun;

  private final Runnable work;

  private Interruption(Runnable work) {
    this.work = work;
  }

  /// Has something done when this process is told to end, until this is closed.
  ///
  /// @param work bounded in time, and silent where it fails
  public static Interruption doing(Runnable work) {
    Interruption interruption = new Interruption(work);
    if (!opened(interruption)) {
      work.run();
      hold();
    }
    return interruption;
  }

  private static boolean opened(Interruption interruption) {
    synchronized (OPEN) {
      if (hook == null) {
        Thread made =
            Thread.ofPlatform().name("sandbox-interruption").unstarted(Interruption::doAll);
        try {
          Runtime.getRuntime().addShutdownHook(made);
        } catch (IllegalStateException _) {
          return false;
        }
        hook = made;
      }
      if (!begun) {
        OPEN.push(interruption);
      }
      return !begun;
    }
  }

  private static void doAll() {
    synchronized (OPEN) {
      begun = true;
    }
    for (Interruption next = next(); next != null; next = next()) {
      next.work.run();
    }
  }

  private static @Nullable Interruption next() {
    synchronized (OPEN) {
      return OPEN.poll();
    }
  }

  private static void hold() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for the end of this process, where it was told to end: what is left to say of the
  /// command is that it was killed.
  public void holdIfBegun() {
    boolean isOver;
    synchronized (OPEN) {
      isOver = begun && !Thread.currentThread().equals(hook);
    }
    if (isOver) {
      hold();
    }
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      OPEN.remove(this);
    }
    holdIfBegun();
  }
}
