package lazaret.bundle.attack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.exporting.SnapshotSource;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.Formats;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.VerificationStatement;

/// An exporting site with snapshots of real, small crates, and their bundles. A network already has
/// snapshot 1; snapshot 2 adds, denies, yanks and removes versions.
final class SnapshotPair {
  /// The largest size of a part, which fits two or three artifacts.
  static final long PART_SIZE = 5 << 10;

  private final TreeMap<Long, TreeMap<String, SnapshotCrate>> states = new TreeMap<>();
  private final Map<Sha256, Bytes> artifacts = new HashMap<>();
  private Feed feed = feed(Formats.NOW);

  /// Returns a stream with both snapshots.
  static SnapshotPair honest() {
    var outside = new SnapshotPair();
    outside.put(
        1,
        outside.crate("alpha", "1.0.0"),
        outside.crate("beta", "1.0.0", "1.1.0"),
        outside.crate("gamma", "1.0.0"),
        outside.crate("under_score", "1.0.0"));
    outside.put(
        2,
        outside.crate("alpha", "1.0.0", "1.0.1"),
        new SnapshotCrate(
            CrateName.parse("beta"),
            List.of(outside.line("beta", "1.0.0").deny(), outside.line("beta", "1.1.0").yank())),
        outside.crate("delta", "0.1.0", "0.2.0"),
        outside.crate("epsilon", "1.0.0", "1.1.0", "1.2.0"),
        outside.crate("under_score", "1.0.0"));
    return outside;
  }

  /// The properties of an index line and its decision.
  record Line(CrateBuilder file, boolean allows, boolean yanked, long sequence) {
    SnapshotLine deny() {
      return new Line(file, false, yanked, sequence).build();
    }

    SnapshotLine yank() {
      return new Line(file, allows, true, sequence).build();
    }

    SnapshotLine at(long newSequence, boolean serves) {
      return new Line(file, serves, yanked, newSequence).build();
    }

    SnapshotLine build() {
      String text = file.indexLine().yanked(yanked).build();
      CrateName name = CrateName.parse(file.name());
      IndexEntry entry =
          IndexFile.parse(name, Bytes.utf8(text + "\n"), IndexLimits.DEFAULT).entries().getFirst();
      var decision =
          new Decision(
              allows ? Decision.Kind.APPROVE : Decision.Kind.REVOKE,
              entry.id(),
              Formats.NOW,
              "ann",
              "read \u001b[2J and \u202e found it so",
              null,
              List.of(),
              List.of());
      Sha256 policy = Sha256.of(Bytes.utf8("policy"));
      var said =
          new VerificationStatement.Claim(entry.id(), allows, sequence, policy, List.of(decision));
      return new SnapshotLine(entry, VerificationStatement.of(said));
    }
  }

  /// Starts a line of a crate, and stores its bytes.
  Line line(String name, String version) {
    return line(CrateBuilder.crate(name, version));
  }

  Line line(CrateBuilder file) {
    Bytes bytes = file.build();
    artifacts.put(Sha256.of(bytes), bytes);
    return new Line(file, true, false, 7);
  }

  SnapshotCrate crate(String name, String... versions) {
    return new SnapshotCrate(
        CrateName.parse(name),
        Arrays.stream(versions).map(version -> line(name, version).build()).toList());
  }

  void put(long sequence, SnapshotCrate... crates) {
    var state = new TreeMap<String, SnapshotCrate>();
    for (SnapshotCrate crate : crates) {
      state.put(crate.name().collisionKey(), crate);
    }
    states.put(sequence, state);
  }

  /// Changes one crate of a snapshot, or adds it.
  void change(long sequence, SnapshotCrate crate) {
    states.computeIfAbsent(sequence, _ -> new TreeMap<>()).put(crate.name().collisionKey(), crate);
  }

  static Feed feed(Instant asOf) {
    Feed feed = Formats.feed("osv");
    var info = new FeedInfo("osv", FeedFormat.OSV, "a file", asOf, feed.info().newest(), 2, 1);
    return new Feed(info, feed.advisories());
  }

  void feed(Feed other) {
    feed = other;
  }

  List<SnapshotCrate> crates(long sequence) {
    return List.copyOf(states.getOrDefault(sequence, new TreeMap<>()).values());
  }

  Bytes artifact(String name, String version) {
    return CrateBuilder.crate(name, version).build();
  }

  BundleStatement.State state(long sequence) {
    return new BundleStatement.State(sequence, TestExports.root(crates(sequence)));
  }

  /// Returns the order of a bundle of a snapshot.
  ExportOptions order(SnapshotKind kind, long sequence, long... bases) {
    List<SnapshotCrate> crates = crates(sequence);
    long bytes =
        crates.stream()
            .flatMap(c -> c.lines().stream())
            .filter(l -> l.statement().allows())
            .mapToLong(l -> artifacts.getOrDefault(l.entry().cksum(), Bytes.EMPTY).length())
            .sum();
    return new ExportOptions(
        TestExports.STREAM,
        List.of("*"),
        1,
        sequence,
        kind,
        Arrays.stream(bases).mapToObj(this::state).toList(),
        sequence,
        new BundleStatement.Result(
            TestExports.root(crates),
            crates.size(),
            crates.stream().mapToLong(c -> c.lines().size()).sum(),
            bytes),
        Optional.empty(),
        Formats.NOW.plusSeconds(sequence),
        ExportOptions.Times.DEFAULT,
        Sha256.of(Bytes.utf8("policy")),
        PART_SIZE);
  }

  /// Returns the same order with another version of the metadata, issued as many seconds later.
  static ExportOptions versioned(ExportOptions order, long version) {
    return new ExportOptions(
        order.stream(),
        order.audience(),
        order.epoch(),
        version,
        order.kind(),
        order.bases(),
        order.snapshot(),
        order.result(),
        order.previous(),
        Formats.NOW.plusSeconds(version),
        order.times(),
        order.policyDigest(),
        order.partSize());
  }

  Path export(ExportOptions order, Path into) throws IOException {
    return BundleExporter.export(order, source(order.snapshot()), TestExports.signers(), into)
        .folder();
  }

  Path export(SnapshotKind kind, long sequence, Path into, long... bases) throws IOException {
    return export(order(kind, sequence, bases), into);
  }

  private SnapshotSource source(long sequence) {
    return new SnapshotSource() {
      @Override
      public Stream<SnapshotCrate> changed(long since) {
        Map<String, SnapshotCrate> before = states.getOrDefault(since, new TreeMap<>());
        Map<String, SnapshotCrate> now = states.getOrDefault(sequence, new TreeMap<>());
        var all = new TreeMap<>(now);
        before.forEach((key, c) -> all.putIfAbsent(key, new SnapshotCrate(c.name(), List.of())));
        List<SnapshotCrate> changed = new ArrayList<>();
        all.forEach(
            (key, crate) -> {
              if (!crate.equals(before.get(key))) {
                changed.add(crate);
              }
            });
        return changed.stream();
      }

      @Override
      public Optional<SnapshotCrate> crate(CrateName name, long asOf) {
        return Optional.ofNullable(
            states.getOrDefault(asOf, new TreeMap<>()).get(name.collisionKey()));
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
        return List.of(feed);
      }
    };
  }
}
