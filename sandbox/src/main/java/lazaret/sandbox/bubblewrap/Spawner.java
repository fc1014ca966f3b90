package lazaret.sandbox.bubblewrap;

import java.io.IOException;
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
import lazaret.sandbox.watch.Supervisor;

/// The thread that starts a process and lives as long: bubblewrap dies with the thread that started
/// it, not with the program. It is bound by Landlock, and where denied calls are reported by the
/// supervisor's filter, so there is one for each run, and nothing else is done on it.
final class Spawner {
  private final List<String> command;
  private final Optional<Supervisor.Reach> reported;
  private final Architecture architecture;
  private final boolean tcp;
  private final CompletableFuture<Optional<String>> missing = new CompletableFuture<>();
  private final CompletableFuture<Process> started = new CompletableFuture<>();
  private final CompletableFuture<List<Violation>> denied = new CompletableFuture<>();

  private Spawner(
      List<String> command,
      boolean tcp,
      Optional<Supervisor.Reach> reported,
      Architecture architecture) {
    this.command = command;
    this.tcp = tcp;
    this.reported = reported;
    this.architecture = architecture;
  }

  /// Starts a process.
  ///
  /// @param tcp whether the command uses TCP, with itself
  /// @param reported what the sandbox offers, where denied calls are reported
  static Spawner start(
      List<String> command,
      boolean tcp,
      Optional<Supervisor.Reach> reported,
      Architecture architecture)
      throws IOException {
    Spawner spawner = new Spawner(command, tcp, reported, architecture);
    Thread.ofPlatform().daemon().name("sandbox-spawner").start(spawner::run);
    return spawner;
  }

  /// The JDK waits for processes on threads that it makes when a process is started, and keeps for
  /// a while: one born of a bound thread would be bound. So one process starts and ends before.
  ///
  /// @return the process, to be handed to [#await] before [#start]
  static Process warm() throws IOException {
    return new ProcessBuilder("/bin/true").start();
  }

  /// Waits for the end of a process that [#warm] started.
  static void await(Process warming) {
    try {
      warming.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException(Kind.FAILED, "interrupted while the sandbox was set up", e);
    }
  }

  private void run() {
    try {
      missing.complete(Landlock.restrict(tcp));
      Optional<Supervisor> supervisor = reported.map(r -> Supervisor.start(r, architecture));
      try {
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
    builder.redirectInput(Path.of("/dev/null").toFile());
    return builder;
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
