package lazaret.bench.scale;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.search.CrateSummary;

/// A generator of a store of the size of the public registry, with the views that cargo gets. It
/// has 170,000 crates with 2.9 million versions; most have a few, some more than 2,000. It is equal
/// in every run, except for the dates, which count back from now.
final class SyntheticStore {
  /// The number of versions of the crates with fixed names.
  static final int MANY = 2_000;

  /// A crate whose versions are all too young to be served.
  static final CrateName YOUNG = CrateName.parse("withheld-by-age");

  /// A crate whose versions are all denied by a person.
  static final CrateName DENIED = CrateName.parse("withheld-by-decision");

  /// A crate whose versions are all served.
  static final CrateName SERVED = CrateName.parse("served-many");

  private static final int CHUNK = 64;
  private static final int THREADS = 2;

  private final Store store;
  private final Instant now;
  private final String generation;

  SyntheticStore(Store store, Instant now) {
    this.store = store;
    this.now = now;
    CurrentRulebook rules = CurrentRulebook.of(Policy.DEFAULT);
    FeedService.load(store, rules);
    this.generation = rules.current().generation(SERVED, now);
  }

  /// The size of a store.
  ///
  /// @param crates number of crates
  /// @param versions number of versions
  /// @param bytes size of the index lines, in bytes
  record Made(long crates, long versions, long bytes) {
    Made and(Made other) {
      return new Made(crates + other.crates, versions + other.versions, bytes + other.bytes);
    }
  }

  Made fill(int crates) {
    Made made =
        IntStream.range(0, (crates + CHUNK - 1) / CHUNK)
            .boxed()
            .gather(Gatherers.mapConcurrent(THREADS, chunk -> chunk(chunk, crates)))
            .reduce(new Made(0, 0, 0), Made::and);
    Instant old = now.minus(Duration.ofDays(100));
    return made.and(named(SERVED, MANY, old, crates))
        .and(named(DENIED, MANY, old, crates))
        .and(named(YOUNG, MANY, now, crates));
  }

  /// Returns of what the crates of a store are made.
  ///
  /// @param made the moment at which the store is made
  static List<SyntheticCrate.Order> orders(int crates, Instant made) {
    List<SyntheticCrate.Order> orders = new ArrayList<>();
    for (int i = 0; i < crates; i++) {
      orders.add(order(SyntheticCrate.name(i), size(i), newest(i, made), crates));
    }
    Instant old = made.minus(Duration.ofDays(100));
    orders.add(order(SERVED, MANY, old, crates));
    orders.add(order(DENIED, MANY, old, crates));
    orders.add(order(YOUNG, MANY, made, crates));
    return orders;
  }

  private static Instant newest(int number, Instant made) {
    return made.minus(Duration.ofDays(40 + number % 900));
  }

  /// Returns the number of versions of a store with a number of crates.
  static long versions(int crates) {
    return IntStream.range(0, crates).mapToLong(SyntheticStore::size).sum() + 3 * MANY;
  }

  /// Returns the number of versions of a crate: 17 on average.
  static int size(int number) {
    var random = new SplittableRandom(number * 31L + 7);
    int share = random.nextInt(10_000);
    if (share < 6_000) {
      return 1 + random.nextInt(6);
    }
    if (share < 9_000) {
      return 7 + random.nextInt(19);
    }
    if (share < 9_900) {
      return 26 + random.nextInt(75);
    }
    return share < 9_995 ? 101 + random.nextInt(600) : 701 + random.nextInt(1_600);
  }

  private Made chunk(int chunk, int crates) {
    List<Write> batch = new ArrayList<>();
    Made made = new Made(0, 0, 0);
    for (int i = chunk * CHUNK; i < Math.min(crates, (chunk + 1) * CHUNK); i++) {
      made = made.and(add(order(SyntheticCrate.name(i), size(i), newest(i, now), crates), batch));
    }
    store.commit(Batch.relaxed(batch));
    return made;
  }

  private static SyntheticCrate.Order order(CrateName name, int size, Instant newest, int among) {
    Duration step = name.equals(YOUNG) ? Duration.ofMinutes(1) : Duration.ofHours(31);
    return new SyntheticCrate.Order(name, size, newest, step, among);
  }

  private Made named(CrateName name, int size, Instant newest, int among) {
    List<Write> batch = new ArrayList<>();
    Made made = add(order(name, size, newest, among), batch);
    store.commit(Batch.relaxed(batch));
    return made;
  }

  private Made add(SyntheticCrate.Order order, List<Write> batch) {
    SyntheticCrate made = SyntheticCrate.of(order);
    CrateName name = order.name();
    batch.add(new Write.PutCrate(made.crate()));
    batch.add(new Write.PutFreshness(name, new Freshness(Validators.NONE, now, now)));
    made.artifacts().forEach(crate -> batch.add(new Write.PutArtifact(crate)));
    if (name.equals(DENIED)) {
      made.crate().lines().forEach(line -> batch.add(new Write.Append(denial(line))));
    } else if (!name.equals(YOUNG)) {
      batch.add(new Write.PutView(name, view(made.body())));
      batch.add(new Write.PutSummary(summary(made.crate())));
    }
    return new Made(1, made.crate().lines().size(), made.body().length());
  }

  /// Returns the summary of a crate. The last line is the newest version, unless it is yanked.
  private CrateSummary summary(StoredCrate crate) {
    CrateVersion newest = null;
    for (StoredLine line : crate.lines()) {
      newest = line.entry().yanked() ? newest : line.entry().version();
    }
    return new CrateSummary(crate.name(), newest, crate.lines().size(), generation, now, null);
  }

  private Decision denial(StoredLine line) {
    return new Decision(
        Decision.Kind.DENY,
        line.entry().id(),
        now,
        "bench",
        "denied as a whole",
        null,
        List.of(),
        List.of());
  }

  /// Returns a view that serves all lines: they are old, and no advisory names them.
  private IndexView view(Bytes body) {
    String etag = '"' + Sha256.of(body).hex().substring(0, 32) + '"';
    return new IndexView(body, gzip(body), etag, generation, now, null);
  }

  private static Bytes gzip(Bytes body) {
    var out = new ByteArrayOutputStream(body.length() / 4 + 64);
    try (var gzip = new Fast(out)) {
      body.writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException("compressing in memory failed", e);
    }
    return Bytes.of(out.toByteArray());
  }

  /// A stream that compresses less but faster.
  private static final class Fast extends GZIPOutputStream {
    Fast(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
