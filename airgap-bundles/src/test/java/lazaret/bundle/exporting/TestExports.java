package lazaret.bundle.exporting;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import lazaret.bundle.format.Blob;
import lazaret.bundle.format.BlobTable;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.CrateTables;
import lazaret.bundle.format.Formats;
import lazaret.bundle.format.HashingInputStream;
import lazaret.bundle.format.TableLineReader;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarReader;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.keys.SigningPair;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.StateTree;

/// Snapshots in memory, one operator with one pair of keys, and a simple reader of exported
/// bundles.
public final class TestExports {
  public static final SigningPair OPERATOR = operator();
  public static final BundleStatement.Stream STREAM =
      new BundleStatement.Stream("7d444840-9dc0-11d1-b245-5ffdce74fad2", "prod");

  private TestExports() {}

  private static SigningPair operator() {
    SigningKey ed25519 = SigningKey.ed25519(Formats.seed("one"));
    SigningKey mlDsa = SigningKey.mlDsa(Formats.seed("two"));
    return new SigningPair(
        new PublicPair("me", ed25519.publicKey(), mlDsa.publicKey()), ed25519, mlDsa);
  }

  /// The snapshots by sequence, which a test can modify.
  public static class Memory implements SnapshotSource {
    final TreeMap<Long, Map<String, SnapshotCrate>> states = new TreeMap<>();
    final Map<Sha256, Bytes> artifacts = new HashMap<>();

    public void add(long sequence, SnapshotCrate... crates) {
      Map<String, SnapshotCrate> state = new TreeMap<>();
      for (SnapshotCrate crate : crates) {
        state.put(crate.name().collisionKey(), crate);
        for (SnapshotLine line : crate.lines()) {
          String version = line.entry().version().text();
          artifacts.put(line.entry().cksum(), Formats.artifact(crate.name().published(), version));
        }
      }
      states.put(sequence, state);
    }

    /// Returns the newest sequence, or 0 for none.
    public long newest() {
      return states.isEmpty() ? 0 : states.lastKey();
    }

    /// Stores bytes under a digest, also other bytes than the digest names.
    public void put(Sha256 cksum, Bytes bytes) {
      artifacts.put(cksum, bytes);
    }

    BundleStatement.State state(long sequence) {
      return new BundleStatement.State(sequence, root(crates(sequence)));
    }

    public List<SnapshotCrate> crates(long sequence) {
      return List.copyOf(states.getOrDefault(sequence, Map.of()).values());
    }

    @Override
    public Stream<SnapshotCrate> changed(long since) {
      Map<String, SnapshotCrate> before = new TreeMap<>(states.getOrDefault(since, Map.of()));
      List<SnapshotCrate> changed = new ArrayList<>();
      Map<String, SnapshotCrate> now = new TreeMap<>(states.lastEntry().getValue());
      before.forEach(
          (key, crate) -> now.putIfAbsent(key, new SnapshotCrate(crate.name(), List.of())));
      now.forEach(
          (key, crate) -> {
            if (!crate.equals(before.get(key))) {
              changed.add(crate);
            }
          });
      return changed.stream();
    }

    @Override
    public Optional<SnapshotCrate> crate(CrateName name, long asOf) {
      return Optional.ofNullable(states.getOrDefault(asOf, Map.of()).get(name.collisionKey()));
    }

    @Override
    public Optional<Bytes> artifact(Sha256 cksum) {
      return Optional.ofNullable(artifacts.get(cksum));
    }

    @Override
    public Optional<String> license(Sha256 cksum) {
      return Optional.of("MIT OR Apache-2.0");
    }

    @Override
    public List<Feed> feeds() {
      return List.of(Formats.feed("osv"));
    }
  }

  public static Sha256 root(List<SnapshotCrate> crates) {
    return StateTree.root(
        crates.stream().filter(c -> !c.gone()).map(SnapshotCrate::leaf).iterator());
  }

  public static ExportOptions order(
      Memory source, SnapshotKind kind, long sequence, long... bases) {
    List<SnapshotCrate> crates = source.crates(sequence);
    return new ExportOptions(
        STREAM,
        List.of("*"),
        1,
        sequence,
        kind,
        java.util.Arrays.stream(bases).mapToObj(source::state).toList(),
        sequence,
        new BundleStatement.Result(
            root(crates), crates.size(), crates.stream().mapToLong(c -> c.lines().size()).sum(), 0),
        Optional.empty(),
        Formats.NOW.plusMillis(5),
        ExportOptions.Times.DEFAULT,
        Sha256.of(Bytes.utf8("policy")),
        ExportOptions.PART_SIZE);
  }

  public static ExportOptions withParts(ExportOptions order, long partSize) {
    return changed(order, order.epoch(), partSize);
  }

  public static ExportOptions inEpoch(ExportOptions order, long epoch) {
    return changed(order, epoch, order.partSize());
  }

  private static ExportOptions changed(ExportOptions order, long epoch, long partSize) {
    return new ExportOptions(
        order.stream(),
        order.audience(),
        epoch,
        order.version(),
        order.kind(),
        order.bases(),
        order.snapshot(),
        order.result(),
        order.previous(),
        order.issued(),
        order.times(),
        order.policyDigest(),
        partSize);
  }

  public static Bytes root(Duration expires) {
    PublicPair pair = OPERATOR.publicPair();
    var duty = new RootPlan.Duty(java.util.Set.of("me"), 1);
    var plan =
        new RootPlan(
            new RootPolicy.Stream("prod", UUID.fromString(STREAM.uuid())),
            1,
            Formats.NOW.plus(expires),
            Map.of("me", pair),
            Map.of(
                Roles.ROOT, duty, Roles.TARGETS, duty, Roles.SNAPSHOT, duty, Roles.TIMESTAMP, duty),
            List.of(Formats.KEY.publicKey()));
    Metadata.Root root = plan.root(1);
    return MetadataWriter.file(MetadataWriter.signed(root), OPERATOR.keys());
  }

  public static BundleSigners signers() {
    return new BundleSigners(
        List.of(root(Duration.ofDays(900))), Formats.KEY, OPERATOR.keys(), OPERATOR.keys());
  }

  public static Path target(Path bundle, String name) throws IOException {
    try (Stream<Path> files = Files.list(bundle.resolve("targets"))) {
      return files.filter(f -> f.toString().endsWith("." + name)).findFirst().orElseThrow();
    }
  }

  static TableLineReader table(Path bundle, BundleStatement statement, BundleTarget file)
      throws IOException {
    return new TableLineReader(
        Files.newInputStream(target(bundle, file.path())),
        file.path(),
        statement.contents().tables().getOrDefault(file.path(), -1L));
  }

  static BundleStatement statement(Path bundle) throws IOException {
    Path file = target(bundle, BundleTarget.STATEMENT.path());
    return BundleStatement.parse(Bytes.of(Files.readAllBytes(file)));
  }

  static List<SnapshotCrate> crates(Path bundle) throws IOException {
    BundleStatement statement = statement(bundle);
    List<SnapshotCrate> crates = new ArrayList<>();
    try (var in =
        new CrateTables(
            table(bundle, statement, BundleTarget.INDEX),
            table(bundle, statement, BundleTarget.DECISIONS),
            List.of(Formats.KEY.publicKey()))) {
      for (Optional<SnapshotCrate> c = in.next(); c.isPresent(); c = in.next()) {
        crates.add(c.get());
      }
    }
    return crates;
  }

  /// Reads the parts at the locations of the table.
  static Map<Sha256, Bytes> artifacts(Path bundle) throws IOException {
    Map<Sha256, Bytes> artifacts = new TreeMap<>();
    int parts = statement(bundle).contents().parts();
    try (InputStream file = Files.newInputStream(target(bundle, BundleTarget.BLOBS.path()))) {
      var table = new BlobTable(file);
      for (int part = 1; part <= parts; part++) {
        Path at = target(bundle, BundleTarget.part(part));
        try (var in = new HashingInputStream(Files.newInputStream(at))) {
          var archive = new UstarReader(in, Ustar.Names.DIGESTS, at.toString());
          for (Optional<Ustar.Entry> e = archive.next(); e.isPresent(); e = archive.next()) {
            Blob blob = table.next().orElseThrow();
            if (blob.part() != part
                || blob.offset() != archive.position()
                || blob.length() != e.get().size()) {
              throw new IllegalStateException("the table lies on " + blob);
            }
            artifacts.put(Sha256.parse(e.get().name()), archive.content(1 << 20));
          }
          if (!at.getFileName().toString().startsWith(in.digest().hex() + ".")) {
            throw new IllegalStateException("a part has another digest than its name");
          }
        }
      }
      if (table.next().isPresent()) {
        throw new IllegalStateException("the table names more than there is");
      }
    }
    return artifacts;
  }
}
