package lazaret.bench.scale;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import lazaret.mirror.following.RegistryFiles;
import lazaret.mirror.outbound.FileClient.Fetched;
import lazaret.testkit.TarBytes;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// A registry as large as the public one, computed from numbers: index files, update feeds, and
/// dumps. It publishes 1,200 versions a day by a clock. Thread-safe.
final class SimulatedRegistry implements Upstream, RegistryFiles {
  private static final Duration BETWEEN_RELEASES = Duration.ofSeconds(72);

  /// The number of items of a feed, which are the releases of two hours.
  private static final int LISTED = 100;

  /// The bytes of a response without a body.
  private static final int HEADERS = 500;

  private static final int BLOCK = 512;

  private final List<SyntheticCrate.Order> orders;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Clock clock;
  private final Instant begin;
  private final Path folder;

  // guarded by this
  private final int[] added;
  private final Deque<String> feed = new ArrayDeque<>();
  private long released;
  private Traffic traffic = Traffic.NONE;
  private @Nullable Path dump;

  /// The requests that were answered.
  ///
  /// @param feeds for feeds
  /// @param confirmed for index files that were current
  /// @param files for other index files
  /// @param parts for parts of a dump
  /// @param bytes the bytes of all responses but those for a dump, without compression
  /// @param dumped the bytes of the parts of a dump
  record Traffic(long feeds, long confirmed, long files, long parts, long bytes, long dumped) {
    static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0);

    Traffic and(Traffic other) {
      return new Traffic(
          feeds + other.feeds,
          confirmed + other.confirmed,
          files + other.files,
          parts + other.parts,
          bytes + other.bytes,
          dumped + other.dumped);
    }

    Traffic minus(Traffic before) {
      return and(
          new Traffic(
              -before.feeds,
              -before.confirmed,
              -before.files,
              -before.parts,
              -before.bytes,
              -before.dumped));
    }

    long requests() {
      return feeds + confirmed + files + parts;
    }
  }

  /// Creates the registry of a [SyntheticStore] at the moment at which that is made.
  ///
  /// @param folder a folder for dumps
  SimulatedRegistry(int crates, Clock clock, Path folder) {
    this.clock = clock;
    this.begin = clock.instant();
    this.folder = folder;
    this.orders = SyntheticStore.orders(crates, begin);
    this.added = new int[orders.size()];
    for (int i = 0; i < orders.size(); i++) {
      numbers.put(orders.get(i).name().collisionKey(), i);
    }
  }

  /// Publishes all that is due.
  private void publish() {
    long due = Duration.between(begin, clock.instant()).dividedBy(BETWEEN_RELEASES);
    for (; released < due; released++) {
      int number =
          (int) Math.floorMod((released * 0x9e3779b97f4a7c15L) >>> 20, (long) added.length);
      SyntheticCrate.Order crate = orders.get(number);
      String version = SyntheticCrate.version(crate.size() + added[number]);
      added[number]++;
      Instant published = begin.plus(BETWEEN_RELEASES.multipliedBy(released));
      feed.addFirst(item(crate.name(), version, published));
      if (feed.size() > LISTED) {
        var _ = feed.removeLast();
      }
    }
  }

  private static String item(CrateName name, String version, Instant published) {
    return """
        <item><title>New crate version published: %1$s v%2$s</title>
        <link>https://crates.io/crates/%1$s/%2$s</link><description>A crate</description>
        <guid>https://crates.io/crates/%1$s/%2$s</guid><pubDate>%3$s</pubDate>
        <crates:name>%1$s</crates:name><crates:version>%2$s</crates:version></item>
        """
        .formatted(
            name,
            version,
            DateTimeFormatter.RFC_1123_DATE_TIME.format(published.atOffset(ZoneOffset.UTC)));
  }

  @Override
  public IndexResponse index(CrateName name, Validators known) {
    Integer number = numbers.get(name.collisionKey());
    if (number == null) {
      return new IndexResponse.Absent(404);
    }
    int more;
    synchronized (this) {
      publish();
      more = added[number];
    }
    String etag = "\"" + more + "\"";
    if (etag.equals(known.etag())) {
      count(new Traffic(0, 1, 0, 0, HEADERS, 0));
      return new IndexResponse.NotModified();
    }
    Bytes body = SyntheticCrate.body(orders.get(number).with(more));
    count(new Traffic(0, 0, 1, 0, HEADERS + body.length(), 0));
    return new IndexResponse.Fresh(body, new Validators(etag, null));
  }

  private synchronized void count(Traffic more) {
    traffic = traffic.and(more);
  }

  synchronized Traffic traffic() {
    return traffic;
  }

  @Override
  public ArtifactResponse artifact(CrateId id) {
    return new ArtifactResponse.Absent(404);
  }

  @Override
  public synchronized Fetched feed(String path) {
    publish();
    String items = path.equals(UPDATES) ? String.join("", feed) : "";
    Bytes file =
        Bytes.utf8(
            "<rss version=\"2.0\" xmlns:crates=\"https://crates.io/\"><channel>"
                + items
                + "</channel></rss>");
    count(new Traffic(1, 0, 0, 0, HEADERS + file.length(), 0));
    return new Fetched.Received(file, Validators.NONE, file.length());
  }

  /// Returns the number of crates of a store that lack a version.
  synchronized long missing(Store store) {
    publish();
    long missing = 0;
    for (int i = 0; i < added.length; i++) {
      int wanted = orders.get(i).size() + added[i];
      if (added[i] > 0) {
        StoredCrate stored = store.crate(orders.get(i).name()).orElse(null);
        missing += stored == null || stored.lines().size() < wanted ? 1 : 0;
      }
    }
    return missing;
  }

  /// Makes a dump of this moment, which has the columns that are read, and a random one.
  ///
  /// @throws IOException if it cannot be written
  synchronized void publishDump() throws IOException {
    publish();
    Path crates = folder.resolve("crates.csv");
    Path downloads = folder.resolve("downloads.csv");
    Path versions = folder.resolve("versions.csv");
    try (BufferedWriter names = Files.newBufferedWriter(crates);
        BufferedWriter uses = Files.newBufferedWriter(downloads);
        BufferedWriter lines = Files.newBufferedWriter(versions)) {
      names.write("id,name\n");
      uses.write("crate_id,downloads\n");
      lines.write("crate_id,checksum,crate_size,num,yanked\n");
      for (int i = 0; i < added.length; i++) {
        SyntheticCrate.Order order = orders.get(i).with(added[i]);
        names.write(i + "," + order.name() + "\n");
        uses.write(i + "," + (long) (1e9 / (i + 1)) + "\n");
        for (String line : SyntheticCrate.body(order).text().lines().toList()) {
          String yanked = line.contains("\"yanked\":true") ? "t" : "f";
          lines.write(i + "," + after(line, "\"cksum\":\"") + ",30000,");
          lines.write(after(line, "\"vers\":\"") + "," + yanked + "\n");
        }
      }
    }
    Path made = folder.resolve("db-dump.tar.gz");
    String metadata = "{\"timestamp\": \"" + clock.instant() + "\"}\n";
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(made), 1 << 16)) {
      byte[] text = metadata.getBytes(StandardCharsets.UTF_8);
      header(out, "metadata.json", text.length);
      out.write(text);
      pad(out, text.length);
      copy(out, "data/crate_downloads.csv", downloads);
      copy(out, "data/crates.csv", crates);
      copy(out, "data/versions.csv", versions);
      out.write(new byte[2 * BLOCK]);
    }
    dump = made;
  }

  /// Returns the text of a field of an index line.
  private static String after(String line, String field) {
    int from = line.indexOf(field) + field.length();
    return line.substring(from, line.indexOf('"', from));
  }

  private static void header(OutputStream out, String path, long length) throws IOException {
    out.write(TarBytes.Header.of('0', "dump/" + path, length).build());
  }

  private static void pad(OutputStream out, long length) throws IOException {
    out.write(new byte[(int) (-length & (BLOCK - 1))]);
  }

  private static void copy(OutputStream out, String path, Path file) throws IOException {
    long length = Files.size(file);
    header(out, path, length);
    var _ = Files.copy(file, out);
    pad(out, length);
    Files.delete(file);
  }

  @Override
  public synchronized Fetched dump(long from, int length, Validators known) {
    Path file = dump;
    if (file == null) {
      count(new Traffic(0, 0, 0, 1, HEADERS, 0));
      return new Fetched.Failed("the registry returned 404", null);
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      String etag = "\"" + Files.getLastModifiedTime(file).toMillis() + "\"";
      if (from == 0 && etag.equals(known.etag())) {
        count(new Traffic(0, 0, 0, 1, HEADERS, 0));
        return new Fetched.NotModified();
      }
      byte[] part = new byte[(int) Math.min(length, in.length() - from)];
      in.seek(from);
      in.readFully(part);
      count(new Traffic(0, 0, 0, 1, HEADERS, part.length));
      return new Fetched.Received(Bytes.of(part), new Validators(etag, null), in.length());
    } catch (IOException e) {
      return new Fetched.Failed("the dump cannot be read: " + e.getMessage(), null);
    }
  }

  @Override
  public String describe() {
    return "simulation";
  }

  @Override
  public void close() {}
}
