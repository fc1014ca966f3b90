package lazaret.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.storage.files.FileTrees;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.StoredLine;

/// Measurements of the pages of the desk on a store of the size of the public registry. The time is
/// that from the request to the complete page in heap, by the clock. It is a separate program, so
/// that its heap is that of the server.
public final class DeskRun {
  private static final int ROUNDS = 15;
  private static final int WARM_UP = 20;
  private static final int REQUESTS = 300;
  private static final Pattern FURTHER = Pattern.compile("review/part\\?[^\"]*from=([0-9.]+)");

  private final Store store;
  private final Clock clock;
  private final int crates;
  private final Set<String> wanted;

  private DeskRun(Store store, Clock clock, int crates, Set<String> wanted) {
    this.store = store;
    this.clock = clock;
    this.crates = crates;
    this.wanted = wanted;
  }

  /// Prints figures, one a line, each after its name.
  ///
  /// @param arguments data folder, number of crates, and names of the figures to measure; all if
  ///   none is named
  /// @throws IOException if the folder cannot be read or written
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int crates = Integer.parseInt(arguments[1]);
    if (!Files.exists(folder.resolve("made"))) {
      make(folder, crates);
    }
    // The ages of versions stay the same, and the requests are older than the delay of the queue.
    Instant made = Instant.parse(Files.readString(folder.resolve("made")).strip());
    Duration offset = Duration.between(Instant.now(), made).plusMinutes(1);
    Clock clock = Clock.offset(Clock.systemUTC(), offset);
    try (Store store = open(folder, clock)) {
      Set<String> wanted =
          Set.of(List.of(arguments).subList(2, arguments.length).toArray(String[]::new));
      new DeskRun(store, clock, crates, wanted).run();
    }
    ProcessorMeter.peak("peak-mb");
  }

  private static Store open(Path folder, Clock clock) {
    return new SnapshotViewStore(
        RocksStore.open(folder.resolve("data"), RocksOptions.DEFAULT, clock));
  }

  private static void make(Path folder, int crates) throws IOException {
    FileTrees.delete(folder.resolve("data"));
    Files.createDirectories(folder);
    Clock clock = Clock.systemUTC();
    try (Store store = open(folder, clock)) {
      SyntheticStore.Made made = new SyntheticStore(store, clock.instant()).fill(crates);
      ProcessorMeter.print("made-versions", (double) made.versions());
      new DeskRecords(store, clock.instant(), crates).add();
      try (DeskPages pages = new DeskPages(store, clock)) {
        pages.ask(DeskRecords.MANY_FILES, DeskRecords.NEWER);
        pages.ask(DeskRecords.LONG_FILE, DeskRecords.NEWER);
        List<StoredLine> young = store.crate(SyntheticStore.YOUNG).orElseThrow().lines();
        young.stream()
            .limit(REQUESTS)
            .forEach(line -> pages.ask(SyntheticStore.YOUNG, line.entry().version()));
      }
    }
    Files.writeString(folder.resolve("made"), clock.instant().toString());
  }

  private void run() {
    try (DeskPages pages = new DeskPages(store, clock)) {
      long start = System.nanoTime();
      pages.prepare();
      ProcessorMeter.print("prepare-seconds", (System.nanoTime() - start) / 1e9);
      warm("queue", _ -> pages.page("/desk/queue", ""));
      warm("version", i -> pages.page(version(SyntheticCrate.name(i * 7919 % crates)), ""));
      warm("version-many", _ -> pages.page(version(SyntheticStore.YOUNG), ""));
      warm("search", i -> pages.page("/desk/search", "q=" + word(i)));
      warm("search-digits", i -> pages.page("/desk/search", "q=e" + (1_000_000 + i)));
      warm("review-prepared", _ -> pages.page(review(DeskRecords.MANY_FILES), ""));
      warm("review-long", _ -> pages.page(review(DeskRecords.LONG_FILE), ""));
      nextParts(pages, "part-files", DeskRecords.MANY_FILES);
      nextParts(pages, "part-long", DeskRecords.LONG_FILE);
    }
    measure(
        "review-unprepared",
        5,
        _ -> {
          try (DeskPages empty = new DeskPages(store, clock)) {
            return timed(() -> empty.page(review(DeskRecords.MANY_FILES), ""));
          }
        });
  }

  private boolean isWanted(String name) {
    return wanted.isEmpty() || wanted.contains(name);
  }

  private static String word(int number) {
    return List.of("serde", "net", "a", "qqq", "zip-core", "withheld").get(number % 6);
  }

  private String version(CrateName name) {
    CrateVersion newest = store.crate(name).orElseThrow().lines().getLast().entry().version();
    return "/desk/crates/%s/%s".formatted(name.published(), newest.text());
  }

  private static String review(CrateName name) {
    return "/desk/crates/%s/%s/review".formatted(name.published(), DeskRecords.NEWER.text());
  }

  /// Measures the parts of a review one after the other, as a person reads them.
  private void nextParts(DeskPages pages, String name, CrateName crate) {
    if (!isWanted(name)) {
      return;
    }
    String[] last = {pages.page(review(crate), "")};
    measure(
        name,
        WARM_UP,
        _ -> {
          Matcher further = FURTHER.matcher(last[0]);
          if (!further.find()) {
            throw new IllegalStateException(crate + " has no further part");
          }
          String query = "base=1.0.0&from=" + further.group(1);
          return timed(() -> last[0] = pages.page(review(crate) + "/part", query));
        });
    ProcessorMeter.print(name + "-bytes", last[0].length());
  }

  private void warm(String name, IntFunction<String> page) {
    measure(name, WARM_UP, i -> timed(() -> require(page.apply(i))));
  }

  private static void require(String page) {
    if (page.isEmpty()) {
      throw new IllegalStateException("a page is empty");
    }
  }

  /// Returns the milliseconds of one request by the clock.
  private static double timed(Runnable request) {
    long start = System.nanoTime();
    request.run();
    return (System.nanoTime() - start) / 1e6;
  }

  /// Prints the first time, and median and maximum of the rounds after those that warm the code up.
  /// The mean processor time of the program is printed too, since other work hardly changes it.
  private void measure(String name, int warmUp, IntFunction<Double> request) {
    if (!isWanted(name)) {
      return;
    }
    double first = request.apply(0);
    for (int i = 1; i < warmUp; i++) {
      double _ = request.apply(i);
    }
    double[] millis = new double[ROUNDS];
    long processor = ProcessorMeter.nanos();
    for (int i = 0; i < ROUNDS; i++) {
      millis[i] = request.apply(warmUp + i);
    }
    processor = ProcessorMeter.nanos() - processor;
    Arrays.sort(millis);
    ProcessorMeter.print(name + "-first-ms", first);
    ProcessorMeter.print(name + "-ms", millis[ROUNDS / 2]);
    ProcessorMeter.print(name + "-most-ms", millis[ROUNDS - 1]);
    ProcessorMeter.print(name + "-cpu-ms", processor / 1e6 / ROUNDS);
  }
}
