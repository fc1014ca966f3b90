package lazaret.sandbox.bubblewrap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.sandbox.CpuArchitecture;
import lazaret.sandbox.RelaySocket;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.SandboxException.Kind;
import lazaret.sandbox.SandboxPolicy;
import lazaret.sandbox.SandboxReport;
import lazaret.sandbox.SandboxReport.Ending;
import lazaret.sandbox.Violation;
import lazaret.sandbox.filter.SeccompFilter;
import lazaret.sandbox.folders.TerminationHooks;
import lazaret.sandbox.limits.ControlGroup;
import lazaret.sandbox.limits.ProcessLimits;
import lazaret.sandbox.limits.Watchdog;
import lazaret.sandbox.relay.RelaySession;
import lazaret.sandbox.watch.CrateVersionLookup;
import lazaret.sandbox.watch.Decoys;
import lazaret.sandbox.watch.RunningCrates;
import lazaret.sandbox.watch.SyscallSupervisor;

/// The execution of one command in the sandbox, from the setup to its end. For one use by one
/// thread.
final class SandboxRun {
  private static final Pattern EXIT = Pattern.compile("\"exit-code\"\\s*:\\s*(\\d{1,3})\\b");
  private static final long POLL = 200;
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final long DRAIN = 5_000;

  /// The offset that the JDK adds to the number of a signal that ended a process.
  private static final int SIGNALLED = 128;

  private final Bubblewrap bubblewrap;
  private final CpuArchitecture architecture;
  private final SandboxPolicy policy;
  private final CheckedFolders folders;
  private final RunFolder folder;
  private final OutputRelay pump = new OutputRelay();

  /// The crate whose code ran when a limit was reached.
  private Violation.Origin atTheLimit = Violation.Origin.UNKNOWN;

  SandboxRun(
      Bubblewrap bubblewrap,
      CpuArchitecture architecture,
      SandboxPolicy policy,
      CheckedFolders folders,
      RunFolder folder) {
    this.bubblewrap = bubblewrap;
    this.architecture = architecture;
    this.policy = policy;
    this.folders = folders;
    this.folder = folder;
  }

  SandboxReport toItsEnd(OutputStream out, OutputStream err) throws IOException {
    Optional<ControlGroup> group =
        ControlGroup.make(folder.path().getFileName().toString(), policy.limits());
    Optional<Decoys> decoys = Optional.empty();
    try {
      SortedMap<Path, HiddenPaths.Mask> masks =
          HiddenPaths.of(
              folders.project(),
              policy.folders().project().ownConfiguration(),
              policy.folders().offLimits().marker());
      HiddenPaths.requireVisible(masks, policy.folders().project().within());
      if (policy.access().reporting()) {
        decoys =
            Optional.of(
                Decoys.lay(folder.folder("decoys"), SandboxPaths.HOME, HiddenPaths.secrets(masks)));
        searchRequests(decoys.get());
      }
      try (BwrapLauncher start = BwrapLauncher.of(folder, folders.target())) {
        return run(new Equipment(start, group, decoys, masks), out, err);
      }
    } finally {
      decoys.ifPresent(Decoys::close);
      group.ifPresent(ControlGroup::close);
    }
  }

  private Optional<RelaySocket> session() {
    return policy.folders().gate();
  }

  private void searchRequests(Decoys decoys) {
    session()
        .ifPresent(
            session -> {
              decoys.expectSearch();
              session.scanWith(() -> decoys.search("a request to the gate")::accept);
            });
  }

  private record Equipment(
      BwrapLauncher start,
      Optional<ControlGroup> group,
      Optional<Decoys> decoys,
      SortedMap<Path, HiddenPaths.Mask> masks) {}

  /// Performs the run. Slow steps are started first: the process starts and enters its control
  /// groups while its input files are written.
  private SandboxReport run(Equipment with, OutputStream out, OutputStream err) throws IOException {
    BwrapLauncher start = with.start();
    start.handOverTarget(folders.target());
    Optional<OverlayChanges> changes =
        policy.folders().project().writes() == SandboxPolicy.Writes.DISCARD
            ? Optional.of(OverlayChanges.make(folder, start))
            : Optional.empty();
    List<Decoys.Mount> decoys = with.decoys().map(Decoys::mounts).orElse(List.of());
    byte[] arguments =
        new MountPlan(policy, folders, start, new MountPlan.Contents(with.masks(), changes, decoys))
            .arguments()
            .bytes();
    Path status = folder.file("status", new byte[0]);
    FileTime begin = Files.getLastModifiedTime(status);
    BwrapLauncher.Opened opened =
        new BwrapLauncher.Opened(
            status,
            folder.create("arguments"),
            folder.create("filter"),
            with.group().map(ControlGroup::entryPoints).orElse(List.of()));
    List<String> command = start.command(opened, command());
    ProcessSpawner spawner =
        ProcessSpawner.start(
            start,
            command,
            new ProcessSpawner.Bounds(
                policy.access().loopback(), reported(), with.group(), architecture));
    Watchdog watchdog;
    Ending ending;
    try (TerminationHooks interruption =
        TerminationHooks.doing(() -> giveUp(spawner, with.group()))) {
      folder.file("arguments", arguments);
      folder.file("filter", filter());
      watchdog = new Watchdog(policy.limits(), folders.target(), pump);
      with.decoys().ifPresent(Decoys::awaitLaid);
      spawner.go();
      Optional<String> exceeded = attend(spawner, watchdog, streams(with, out, err));
      interruption.holdIfBegun();
      ending =
          exceeded
              .<Ending>map(Ending.Stopped::new)
              .orElseGet(() -> ended(status, spawner.process()));
    } finally {
      spawner.end();
    }
    List<Violation> all = new ArrayList<>(spawner.denied());
    if (with.decoys().isPresent()) {
      all.addAll(alarms(with.decoys().get(), begin));
    }
    if (changes.isPresent()) {
      all.addAll(changes.get().list(folders.project()));
    }
    all.addAll(limits(ending, with.group()));
    List<String> notHeld = new ArrayList<>(notHeld(with.group()));
    spawner.missing().ifPresent(notHeld::add);
    List<Violation> named = CrateVersionLookup.of(policy.locked()).complete(all);
    return new SandboxReport(ending, named, notHeld, watchdog.elapsed());
  }

  private record Streams(OutputRelay.Way out, OutputRelay.Way err) {}

  private static Streams streams(Equipment with, OutputStream out, OutputStream err) {
    return new Streams(
        new OutputRelay.Way("standard output", out, with.decoys()),
        new OutputRelay.Way("standard error", err, with.decoys()));
  }

  /// Ends a run if the launcher is interrupted, as far as possible. Its folder is removed
  /// afterwards.
  private void giveUp(ProcessSpawner spawner, Optional<ControlGroup> group) {
    try {
      spawner.end();
      var _ = spawner.process().waitFor(SETTLE.toMillis(), TimeUnit.MILLISECONDS);
      group.ifPresent(ControlGroup::close);
    } catch (RuntimeException _) {
      // The interruption does not wait for a resource that cannot be released.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits until the command has ended or a limit is exceeded, and returns the limit.
  private Optional<String> attend(ProcessSpawner spawner, Watchdog watchdog, Streams streams) {
    Process process = spawner.process();
    Thread first = pump.carry(process.getInputStream(), streams.out());
    Thread second = pump.carry(process.getErrorStream(), streams.err());
    Optional<String> exceeded;
    try {
      exceeded = watch(process, watchdog);
      if (exceeded.isPresent()) {
        atTheLimit = RunningCrates.now();
      }
    } finally {
      spawner.end();
    }
    drain(first, second);
    return exceeded;
  }

  private List<Violation> alarms(Decoys decoys, FileTime begin) throws IOException {
    try {
      if (session().isPresent()) {
        session().get().settle(SETTLE);
      }
      return DecoyLeakSearch.alarms(decoys, folders.target(), begin);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException(Kind.FAILED, "interrupted: the opened decoys are not known", e);
    }
  }

  private byte[] filter() {
    SandboxPolicy.Access access = policy.access();
    return SeccompFilter.forMode(
        access.mode(), access.loopback(), access.reporting(), architecture);
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(bubblewrap.program().toString());
    command.addAll(List.of("--args", "8", "--json-status-fd", "7", "--seccomp", "9", "--"));
    command.addAll(ProcessLimits.around(policy.command(), policy.limits()));
    return command;
  }

  private static Optional<String> watch(Process process, Watchdog watchdog) {
    try {
      while (!process.waitFor(POLL, TimeUnit.MILLISECONDS)) {
        Optional<String> exceeded = watchdog.exceeded();
        if (exceeded.isPresent()) {
          return exceeded;
        }
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException(Kind.FAILED, "interrupted: the command was ended", e);
    }
  }

  /// Waits for the end of the output. All writers are dead, so the pipes end; the timeout protects
  /// against a slow reader.
  private static void drain(Thread... pumps) {
    try {
      for (Thread each : pumps) {
        each.join(DRAIN);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns the end of the command. If there is no exit code, bubblewrap itself failed and wrote
  /// the reason to standard error.
  private Ending ended(Path status, Process process) {
    try {
      Matcher code = EXIT.matcher(Files.readString(status));
      if (code.find()) {
        return new Ending.Exited(Integer.parseInt(code.group(1)));
      }
    } catch (IOException e) {
      throw new SandboxException(Kind.FAILED, "cannot read how the command ended: " + e, e);
    }
    if (process.exitValue() > SIGNALLED) {
      throw new SandboxException(
          Kind.FAILED,
          "the sandbox was ended from outside, by signal " + (process.exitValue() - SIGNALLED));
    }
    throw new SandboxException(Kind.UNUSABLE, SetupAdvice.of(pump.tail()));
  }

  private Optional<SyscallSupervisor.Reach> reported() {
    SandboxPolicy.Access access = policy.access();
    return access.reporting()
        ? Optional.of(
            new SyscallSupervisor.Reach(
                access.mode(),
                access.loopback(),
                folders.gate().map(_ -> SandboxPaths.GATE + "/" + RelaySession.SOCKET)))
        : Optional.empty();
  }

  private List<Violation> limits(Ending ending, Optional<ControlGroup> group) {
    List<Violation> all = new ArrayList<>();
    if (ending instanceof Ending.Stopped(String limit)) {
      all.add(limit(limit, atTheLimit, 1));
    }
    int killed = group.map(ControlGroup::killed).orElse(0);
    if (killed > 0) {
      all.add(limit("memory of all processes together", Violation.Origin.UNKNOWN, killed));
    }
    int refused = group.map(ControlGroup::refused).orElse(0);
    if (refused > 0) {
      all.add(limit("processes and threads", Violation.Origin.UNKNOWN, refused));
    }
    return all;
  }

  private static Violation limit(String resource, Violation.Origin origin, int count) {
    return new Violation(
        Violation.Kind.LIMIT,
        resource,
        origin,
        count,
        "limits of the sandbox",
        "raise the limit if the build is legitimate");
  }

  private static List<String> notHeld(Optional<ControlGroup> group) {
    return group.isPresent()
        ? List.of()
        : List.of(
            "memory of all processes together: this user has no control groups, so only each"
                + " process is limited");
  }
}
