package lazaret.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import lazaret.storage.record.FindingsCodec;
import lazaret.testkit.SharedData;
import lazaret.testkit.SharedData.Artifact;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.IndicatorSet;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.Signal;
import lazaret.vetting.inspect.SignalCode;
import lazaret.vetting.inspect.SignalWeight;

/// An inspection of every artifact of the shared slice with hashing, as in an admission. It is a
/// separate program, so that its heap can be bounded.
final class InspectRun {
  private static final int THREADS = 2;
  private static final int MAX_EXAMPLES = 6;
  private static final int BUFFER = 64 * 1024;

  private InspectRun() {}

  /// One inspected artifact.
  private record Inspected(Artifact artifact, Findings findings) {}

  /// Prints one line for each round, the table of signals, or the mean length of stored findings. A
  /// line has three rates in artifacts per second: inspected by the clock, inspected on two
  /// otherwise idle cores, and only unpacked and hashed.
  ///
  /// @param arguments `signals`, `findings`, or the number of rounds
  /// @throws InterruptedException if the thread is interrupted
  /// @throws ExecutionException if an inspection threw, which is a bug
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    List<Artifact> artifacts = SharedData.find().orElseThrow().artifacts();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      if (arguments[0].equals("signals")) {
        System.out.print(table(each(artifacts, threads, InspectRun::inspect)));
        return;
      }
      if (arguments[0].equals("findings")) {
        System.out.println(bytes(each(artifacts, threads, InspectRun::inspect)));
        return;
      }
      for (int round = Integer.parseInt(arguments[0]); round > 0; round--) {
        double cpu = cpuSeconds();
        double inspected = rate(artifacts, threads, InspectRun::inspect);
        cpu = cpuSeconds() - cpu;
        double unpacked = rate(artifacts, threads, InspectRun::unpack);
        double alone = THREADS * artifacts.size() / cpu;
        System.out.printf(Locale.ROOT, "%.0f %.0f %.0f%n", inspected, alone, unpacked);
      }
    }
  }

  /// Returns the number of artifacts processed per second.
  private static <T> double rate(
      List<Artifact> artifacts, ExecutorService threads, Function<Artifact, T> work)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    int count = each(artifacts, threads, work).size();
    return count / ((System.nanoTime() - start) / 1e9);
  }

  /// Returns the mean number of bytes that a store has of the findings of an artifact.
  private static double bytes(List<Inspected> all) {
    return all.stream()
        .mapToInt(one -> FindingsCodec.encode(one.findings()).length)
        .average()
        .orElseThrow();
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private static <T> List<T> each(
      List<Artifact> artifacts, ExecutorService threads, Function<Artifact, T> work)
      throws InterruptedException, ExecutionException {
    List<Future<T>> running = new ArrayList<>();
    for (Artifact artifact : artifacts) {
      running.add(threads.submit(() -> work.apply(artifact)));
    }
    List<T> all = new ArrayList<>();
    for (Future<T> one : running) {
      all.add(one.get());
    }
    return all;
  }

  private static Inspected inspect(Artifact artifact) {
    Bytes bytes = artifact.read();
    return switch (new UnverifiedCrate(bytes).verify(artifact.id(bytes))) {
      case Verification.Match match ->
          new Inspected(
              artifact,
              Inspector.inspect(
                  match.crate(), InspectLimits.DEFAULT, IndicatorSet.NONE, Clock.systemUTC()));
      case Verification.Mismatch _ -> throw new IllegalStateException("the file has changed");
    };
  }

  /// Runs the minimum work of an inspection: reading, hashing and decompressing the bytes.
  private static long unpack(Artifact artifact) {
    Bytes bytes = artifact.read();
    Sha256 _ = Sha256.of(bytes);
    try (var in = new GZIPInputStream(bytes.inputStream(), BUFFER)) {
      byte[] buffer = new byte[BUFFER];
      long length = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        length += count;
      }
      return length;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + artifact, e);
    }
  }

  /// Returns a Markdown table of the artifacts with each signal at its weight. For the signals of a
  /// difference it counts pairs of consecutive versions.
  private static String table(List<Inspected> all) {
    Map<SignalCode, Map<SignalWeight, SortedSet<String>>> shown = new EnumMap<>(SignalCode.class);
    Map<CrateName, TreeMap<CrateVersion, Inspected>> crates = new HashMap<>();
    for (Inspected one : all) {
      one.findings().signals().forEach(signal -> show(shown, signal, one.artifact()));
      crates
          .computeIfAbsent(one.artifact().name(), _ -> new TreeMap<>())
          .put(one.artifact().version(), one);
    }
    int pairs = 0;
    for (TreeMap<CrateVersion, Inspected> versions : crates.values()) {
      Inspected before = null;
      for (Inspected one : versions.values()) {
        if (before != null) {
          pairs++;
          CapabilityDelta.between(before.findings(), one.findings())
              .signals()
              .forEach(signal -> show(shown, signal, one.artifact()));
        }
        before = one;
      }
    }
    var out = new StringBuilder("| signal | weight | artifacts | rate | which |\n|-|-|-|-|-|\n");
    for (SignalCode code : SignalCode.values()) {
      int of = CapabilityDelta.CODES.contains(code) ? pairs : all.size();
      Map<SignalWeight, SortedSet<String>> weights = shown.getOrDefault(code, Map.of());
      if (weights.isEmpty()) {
        out.append("| `%s` | %s | 0 of %d | 0 %% | |%n".formatted(code, code.weight().code(), of));
      }
      weights.forEach((weight, names) -> out.append(row(code, weight, names, of)));
    }
    return out.toString();
  }

  private static void show(
      Map<SignalCode, Map<SignalWeight, SortedSet<String>>> shown,
      Signal signal,
      Artifact artifact) {
    shown
        .computeIfAbsent(signal.code(), _ -> new EnumMap<>(SignalWeight.class))
        .computeIfAbsent(signal.weight(), _ -> new TreeSet<>())
        .add(artifact.name() + "-" + artifact.version());
  }

  private static String row(SignalCode code, SignalWeight weight, SortedSet<String> names, int of) {
    String which = String.join(", ", names.stream().limit(MAX_EXAMPLES).toList());
    String more = names.size() > MAX_EXAMPLES ? ", ..." : "";
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %d of %d | %.1f %% | %s%s |%n",
        code,
        weight.code(),
        names.size(),
        of,
        100.0 * names.size() / of,
        which,
        more);
  }
}
