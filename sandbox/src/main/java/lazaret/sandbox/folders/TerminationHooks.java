package lazaret.sandbox.folders;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// An action that is performed when this process is asked to terminate (Ctrl-C, SIGTERM). It kills
/// commands and removes temporary files. The action that was registered last is performed first.
/// Thread-safe.
public final class TerminationHooks implements AutoCloseable {
  private static final Deque<TerminationHooks> OPEN = new ArrayDeque<>();
  private static @Nullable Thread hook;
  private static boolean begun;

  private final Runnable work;

  private TerminationHooks(Runnable work) {
    this.work = work;
  }

  /// Registers an action until this object is closed. If the termination has begun, the action is
  /// performed at once and this call does not return.
  ///
  /// @param work the action, which must be limited in time and throw no exception
  public static TerminationHooks doing(Runnable work) {
    TerminationHooks interruption = new TerminationHooks(work);
    if (!opened(interruption)) {
      work.run();
      hold();
    }
    return interruption;
  }

  private static boolean opened(TerminationHooks interruption) {
    synchronized (OPEN) {
      if (hook == null) {
        Thread made =
            Thread.ofPlatform().name("sandbox-interruption").unstarted(TerminationHooks::doAll);
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
    for (TerminationHooks next = next(); next != null; next = next()) {
      next.work.run();
    }
  }

  private static @Nullable TerminationHooks next() {
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

  /// Waits for the end of this process, if its termination has begun. It prevents a report that the
  /// command was killed.
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
