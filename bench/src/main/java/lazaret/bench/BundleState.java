package lazaret.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lazaret.testkit.Dependency;
import lazaret.testkit.IndexLineBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.StateTree;
import lazaret.vetting.snapshot.VerificationStatement;

/// A generator of snapshots in a store, equal in every run. The sizes of artifacts are those of the
/// registry: half of them below 24 KB, a few of many megabytes. Their bytes cannot be compressed.
final class BundleState {
  private static final Sha256 POLICY = Sha256.of(Bytes.utf8("policy"));
  private static final int BATCH = 64;
  private static final double MEDIAN = 24_000;
  private static final double SPREAD = 1.6;
  private static final int LONGEST = 10 << 20;

  private final Store store;
  private final Instant now;
  private final List<Write> writes = new ArrayList<>();

  BundleState(Store store, Instant now) {
    this.store = store;
    this.now = now;
  }

  /// The size of a snapshot.
  ///
  /// @param crates number of crates
  /// @param versions number of versions of each crate
  record Size(int crates, int versions) {}

  /// Writes a snapshot of crates with stored artifacts, and the artifacts as files.
  ///
  /// @param files an empty folder
  /// @throws IOException if a file cannot be written
  void withArtifacts(long sequence, Size size, Path files) throws IOException {
    long bytes = 0;
    for (int i = 0; i < size.crates(); i++) {
      String name = name(i);
      StringBuilder index = new StringBuilder();
      List<byte[]> artifacts = new ArrayList<>();
      for (int v = 0; v < size.versions(); v++) {
        byte[] artifact = artifact(i * 1_000L + v);
        Sha256 cksum = Sha256.of(artifact, 0, artifact.length);
        index.append(line(name, v).cksum(cksum).build()).append('\n');
        Files.write(files.resolve(cksum.hex()), artifact);
        artifacts.add(artifact);
        bytes += artifact.length;
      }
      SnapshotCrate crate = crate(name, index.toString());
      for (int v = 0; v < size.versions(); v++) {
        hold(crate.lines().get(v), artifacts.get(v));
      }
      put(new Write.PutSnapshotCrate(sequence, crate));
    }
    note(sequence, size, bytes);
  }

  /// Writes a snapshot of crates with one version, of which only some have stored artifacts.
  /// Artifacts that no bundle contains are never read.
  ///
  /// @param every number of crates for each one with an artifact
  void small(long sequence, int crates, int every) {
    for (int i = 0; i < crates; i++) {
      crate(sequence, i, 1, i % every == 0 ? 0 : 1);
    }
    note(sequence, new Size(crates, 1), 0);
  }

  /// Writes a snapshot in which some crates of a small one have a second version.
  ///
  /// @param every number of crates for each one with a second version
  void changed(long sequence, int crates, int every) {
    int changed = 0;
    for (int i = 0; i < crates; i += every) {
      crate(sequence, i, 2, 1);
      changed++;
    }
    note(sequence, crates, crates + (long) changed, 0);
  }

  /// Writes a crate.
  ///
  /// @param from first version with a stored artifact
  private void crate(long sequence, int i, int versions, int from) {
    String name = name(i);
    StringBuilder index = new StringBuilder();
    List<byte[]> artifacts = new ArrayList<>();
    for (int v = 0; v < versions; v++) {
      byte[] artifact = (name + " " + v).repeat(60).getBytes(StandardCharsets.US_ASCII);
      Sha256 cksum = Sha256.of(artifact, 0, artifact.length);
      index.append(line(name, v).cksum(cksum).build()).append('\n');
      artifacts.add(artifact);
    }
    SnapshotCrate crate = crate(name, index.toString());
    for (int v = from; v < versions; v++) {
      hold(crate.lines().get(v), artifacts.get(v));
    }
    put(new Write.PutSnapshotCrate(sequence, crate));
  }

  private static byte[] artifact(long seed) {
    var random = new SplittableRandom(seed);
    double gaussian = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    gaussian *= Math.cos(2 * Math.PI * random.nextDouble());
    byte[] bytes =
        new byte[(int) Math.clamp(MEDIAN * Math.exp(SPREAD * gaussian), 600, (double) LONGEST)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String name(int i) {
    // The order of names differs from that of the digests, as in the registry.
    return "crate-%x".formatted(i * 2_654_435_761L & 0xffff_ffffL);
  }

  private static IndexLineBuilder line(String name, int version) {
    return IndexLineBuilder.line(name, "1.%d.0".formatted(version))
        .dep(Dependency.on("serde", "^1"))
        .dep(Dependency.on("libc", "^0.2"))
        .feature("default", "std")
        .feature("std");
  }

  private static SnapshotCrate crate(String name, String index) {
    CrateName published = CrateName.parse(name);
    List<SnapshotLine> lines =
        IndexFile.parse(published, Bytes.utf8(index), IndexLimits.DEFAULT).entries().stream()
            .map(
                entry ->
                    new SnapshotLine(
                        entry,
                        VerificationStatement.of(
                            new VerificationStatement.Claim(
                                entry.id(), true, 0, POLICY, List.of()))))
            .toList();
    return new SnapshotCrate(published, lines);
  }

  private void hold(SnapshotLine line, byte[] artifact) {
    if (new UnverifiedCrate(Bytes.of(artifact)).verify(line.entry().id())
        instanceof Verification.Match match) {
      put(new Write.PutArtifact(match.crate()));
    }
    var facts = new CrateFacts(false, false, "MIT OR Apache-2.0", null, 10L * artifact.length, 12);
    put(
        new Write.PutFindings(
            new Findings(line.entry().cksum(), Inspector.VERSION, List.of(), facts)));
  }

  private void put(Write write) {
    writes.add(write);
    if (writes.size() >= BATCH) {
      store.commit(Batch.relaxed(writes));
      writes.clear();
    }
  }

  private void note(long sequence, Size size, long bytes) {
    note(sequence, size.crates(), (long) size.crates() * size.versions(), bytes);
  }

  private void note(long sequence, long crates, long versions, long bytes) {
    store.commit(Batch.relaxed(writes));
    writes.clear();
    Sha256 root;
    try (var leaves = store.snapshots().leaves(sequence)) {
      root = StateTree.root(leaves.map(leaf -> leaf.hash()).iterator());
    }
    var info =
        new SnapshotInfo(
            1,
            sequence,
            SnapshotKind.FULL,
            root,
            Sha256.of(Bytes.utf8("statement " + sequence)),
            now,
            now,
            crates,
            versions,
            bytes);
    store.commit(Batch.synced(List.of(new Write.PutSnapshot(info))));
  }
}
