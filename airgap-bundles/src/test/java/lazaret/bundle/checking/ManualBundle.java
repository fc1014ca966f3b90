package lazaret.bundle.checking;

import static lazaret.bundle.format.Formats.crate;
import static lazaret.bundle.format.Formats.line;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.BundleSigners;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.Formats;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.keys.SigningPair;
import lazaret.bundle.site.SiteSelection;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SigningKey;
import lazaret.site.SiteFileCollection;
import lazaret.site.store.SiteFile;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;

/// A realistic stream: two of three officers sign, a host signs the daily metadata, and one officer
/// was replaced. It has the current time, because the tools of the manual use the system clock.
final class ManualBundle {
  private final Instant now = Instant.now();

  private final TestExports.Memory source = new WithFile();
  private final Map<String, SigningPair> people = new TreeMap<>();
  private final List<Bytes> roots;

  ManualBundle() {
    Stream.of("ann", "ben", "cem", "dan", "host").forEach(name -> people.put(name, pair(name)));
    source.add(1, crate("a", "1.0.0"), crate("b", "1.0.0"));
    List<SnapshotCrate> crates = new ArrayList<>();
    crates.add(crate("a", "1.0.0", "1.0.1-rc.1+build"));
    crates.add(
        new SnapshotCrate(
            CrateName.parse("b"), List.of(line("b", "1.0.0", false), line("b", "1.0.1", true))));
    for (int i = 0; i < 9; i++) {
      crates.add(crate("Crate_" + i, "0." + i + ".0"));
    }
    source.add(2, crates.toArray(SnapshotCrate[]::new));
    Metadata.Root first = plan("ann", "ben", "cem").root(1);
    Metadata.Root second = plan("ann", "ben", "dan").root(2);
    roots = List.of(file(first), file(second));
  }

  /// Snapshots with a file of the site.
  private static final class WithFile extends TestExports.Memory {
    @Override
    public SiteSelection site() {
      List<String> product = List.of(SiteFileCollection.PRODUCT.code());
      return new SiteSelection(product, List.of(), List.of(new NextRelease()), List.of());
    }
  }

  private record NextRelease() implements SiteFile {
    private static final Bytes BYTES = Bytes.utf8("the next release");

    @Override
    public Sha256 sha256() {
      return Sha256.of(BYTES);
    }

    @Override
    public long length() {
      return BYTES.length();
    }

    @Override
    public InputStream open(long from) {
      return BYTES.inputStream();
    }
  }

  private static SigningPair pair(String name) {
    SigningKey ed25519 = SigningKey.ed25519(Formats.seed(name + " 1"));
    SigningKey mlDsa = SigningKey.mlDsa(Formats.seed(name + " 2"));
    return new SigningPair(
        new PublicPair(name, ed25519.publicKey(), mlDsa.publicKey()), ed25519, mlDsa);
  }

  private RootPlan plan(String... officers) {
    Map<String, PublicPair> pairs = new TreeMap<>();
    people.forEach((name, pair) -> pairs.put(name, pair.publicPair()));
    var offline = new RootPlan.Duty(Set.of(officers), 2);
    var online = new RootPlan.Duty(Set.of("host"), 1);
    return new RootPlan(
        new RootPolicy.Stream("prod", UUID.fromString(TestExports.STREAM.uuid())),
        1,
        now.plus(Duration.ofDays(1_000)),
        pairs,
        Map.of(
            Roles.ROOT, offline,
            Roles.TARGETS, offline,
            Roles.SNAPSHOT, online,
            Roles.TIMESTAMP, online),
        List.of(Formats.KEY.publicKey()));
  }

  private Bytes file(Metadata.Root root) {
    return MetadataWriter.file(MetadataWriter.signed(root), keys("ann", "ben"));
  }

  private List<SigningKey> keys(String... names) {
    return Stream.of(names).flatMap(name -> keys(name).stream()).toList();
  }

  private List<SigningKey> keys(String name) {
    return Optional.ofNullable(people.get(name)).orElseThrow().keys();
  }

  /// Returns the first root.
  Bytes firstRoot() {
    return roots.getFirst();
  }

  /// Exports the second snapshot in parts of a few artifacts.
  Path export(SnapshotKind kind, Path into) throws IOException {
    List<SnapshotCrate> crates = source.crates(2);
    List<BundleStatement.State> bases =
        kind == SnapshotKind.FULL
            ? List.of()
            : List.of(new BundleStatement.State(1, TestExports.root(source.crates(1))));
    var order =
        new ExportOptions(
            TestExports.STREAM,
            List.of("*"),
            1,
            2,
            kind,
            bases,
            2,
            new BundleStatement.Result(
                TestExports.root(crates),
                crates.size(),
                crates.stream().mapToLong(c -> c.lines().size()).sum(),
                0),
            Optional.empty(),
            now,
            ExportOptions.Times.DEFAULT,
            Sha256.of(Bytes.utf8("policy")),
            10_000);
    var signers = new BundleSigners(roots, Formats.KEY, keys("ann", "dan"), keys("host"));
    return BundleExporter.export(order, source, signers, into).folder();
  }
}
