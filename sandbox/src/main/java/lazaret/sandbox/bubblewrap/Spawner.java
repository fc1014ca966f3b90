package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lazaret.sandbox.Architecture;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;
import lazaret.sandbox.Violation;
import lazaret.sandbox.kernel.Landlock;
import lazaret.sandbox.limits.ControlGroup;
import lazaret.sandbox.watch.Supervisor;

/// The thread that starts a process and lives as long: bubblewrap dies with the thread that started
/// it, not with the program. It is bound by Landlock, and where denied calls are reported by the
/// supervisor's filter, so there is one for each run, and nothing else is done on it.
final class Spawner {
  private final Start start;
  private final List<String> command;
  private final Bounds bounds;
  private final CompletableFuture<Optional<String>> missing = new CompletableFuture<>();
  private final CompletableFuture<Process> started = new CompletableFuture<>();
  private final CompletableFuture<List<Violation>> denied = new CompletableFuture<>();

  /// What binds the process.
  ///
  /// @param tcp whether the command uses TCP, with itself
  /// @param reported what the sandbox offers, where denied calls are reported
  /// @param group whose memory and processes are limited together
  record Bounds(
      boolean tcp,
      Optional<Supervisor.Reach> reported,
      Optional<ControlGroup> group,
      Architecture architecture) {}

  private Spawner(Start start, List<String> command, Bounds bounds) {
    this.start = start;
    this.command = command;
    this.bounds = bounds;
  }

  /// Starts a process, which waits for [#go].
  static Spawner start(Start start, List<String> command, Bounds bounds) {
    Spawner spawner = new Spawner(start, command, bounds);
    Thread.ofPlatform().daemon().name("sandbox-spawner").start(spawner::run);
    return spawner;
  }

  private void run() {
    try {
      start.prepare();
      missing.complete(Landlock.restrict(bounds.tcp()));
      Optional<Supervisor> supervisor =
          bounds.reported().map(r -> Supervisor.start(r, bounds.architecture()));
      try {
        if (bounds.group().isPresent()) {
          // As late as can be: threads of ours that are born here would count.
          bounds.group().get().enter();
        }
        Process process = builder().start();
        started.complete(process);
        process.waitFor();
      } finally {
        denied.complete(supervisor.isPresent() ? supervisor.get().stop() : List.of());
      }
    } catch (IOException | RuntimeException e) {
      missing.completeExceptionally(e);
      started.completeExceptionally(e);
      denied.completeExceptionally(e);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if somebody did, the process would die with it.
      denied.completeExceptionally(e);
    }
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(Path.of("/").toFile());
    // Not --clearenv: the first process inside keeps the environment that it was started with.
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    return builder;
  }

  /// Lets the process go on.
  void go() {
    try (OutputStream in = process().getOutputStream()) {
      in.write('\n');
    } catch (IOException _) {
      // It has ended already, which is seen by whoever waits for it.
    }
  }

  /// Kills the process, if there is one.
  void end() {
    // Not by the process itself, which would close the pipes before they are read.
    var _ = started.thenAccept(process -> process.toHandle().destroyForcibly());
  }

  /// Returns the process once it runs.
  Process process() {
    return joined(started);
  }

  /// Returns what this kernel lacks of the wall of Landlock, in words.
  Optional<String> missing() {
    return joined(missing);
  }

  /// Returns what was denied, once the process has ended.
  List<Violation> denied() {
    return joined(denied);
  }

  private static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SandboxException known) {
        throw known;
      }
      throw new SandboxException(Kind.FAILED, "cannot run the sandbox: " + e.getCause(), e);
    }
  }
}
