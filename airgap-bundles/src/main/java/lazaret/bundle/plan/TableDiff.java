package lazaret.bundle.plan;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.VerifyingTargetStream;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.CrateTables;
import lazaret.bundle.format.TableLineReader;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.StateTree;
import org.jspecify.annotations.Nullable;

/// A merge of the tables of a full bundle or a delta with the leaves of the newest snapshot, in the
/// order of collision keys. One pass finds the differences and the resulting state root. One crate
/// at a time is in memory. For one use.
public final class TableDiff {
  private final BundleInspection bundle;
  private final Snapshots snapshots;
  private final Optional<SnapshotInfo> base;
  private final Visitor visitor;
  private final StateTree tree = new StateTree();
  private final boolean full;
  private long state;
  private long versions;
  private long crates;
  private long entries;

  /// Creates a merge.
  ///
  /// @param bundle the bundle, whose files are local copies
  /// @param base the newest stored snapshot, or empty
  public TableDiff(
      BundleInspection bundle, Snapshots snapshots, Optional<SnapshotInfo> base, Visitor visitor) {
    this.bundle = bundle;
    this.snapshots = snapshots;
    this.base = base;
    this.visitor = visitor;
    this.full = bundle.statement().kind() == SnapshotKind.FULL;
    this.versions = full ? 0 : base.map(SnapshotInfo::versions).orElse(0L);
  }

  /// A consumer of crates and their earlier states.
  public interface Visitor {
    /// Visits a crate of the tables, or one that a full bundle no longer contains.
    ///
    /// @param before the stored crate, or null
    /// @param now the crate in the bundle, without lines if it is removed
    void crate(@Nullable SnapshotCrate before, SnapshotCrate now) throws IOException;
  }

  /// The size of the tables.
  ///
  /// @param crates the number of crates
  /// @param entries the number of lines
  public record Read(long crates, long entries) {}

  /// Opens a table of a bundle as a stream that verifies its digest.
  public static VerifyingTargetStream open(BundleInspection bundle, BundleTarget file) {
    return VerifyingTargetStream.open(
        bundle, file.path(), BundleCode.TABLE_HASH_MISMATCH, BundleCode.METADATA_MISSING);
  }

  /// Reads the lines of a table, as many as the statement of the bundle names.
  public static TableLineReader lines(
      BundleInspection bundle, VerifyingTargetStream table, BundleTarget file) throws IOException {
    Long length = bundle.statement().contents().tables().get(file.path());
    if (length == null) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot read %s: the bundle's statement does not name it".formatted(file.path()));
    }
    return new TableLineReader(table.in(), file.path(), length);
  }

  /// Reads the crates of the tables of a bundle.
  public static void crates(BundleInspection bundle, Consumer consumer) throws IOException {
    try (VerifyingTargetStream index = open(bundle, BundleTarget.INDEX);
        VerifyingTargetStream decisions = open(bundle, BundleTarget.DECISIONS)) {
      try {
        // The underlying streams are closed by the caller.
        var tables =
            new CrateTables(
                lines(bundle, index, BundleTarget.INDEX),
                lines(bundle, decisions, BundleTarget.DECISIONS),
                bundle.trust().policy().decisionKeys());
        for (Optional<SnapshotCrate> c = tables.next(); c.isPresent(); c = tables.next()) {
          consumer.crate(c.get());
        }
        index.finish();
        decisions.finish();
      } catch (BundleException e) {
        BundleException first = index.instead(e);
        throw first.equals(e) ? decisions.instead(e) : first;
      }
    }
  }

  /// A consumer of crates.
  @FunctionalInterface
  public interface Consumer {
    /// Receives a crate.
    void crate(SnapshotCrate crate) throws IOException;
  }

  /// Reads the tables, and compares the result with the bundle statement.
  ///
  /// @throws BundleException `bundle-state-mismatch`, `name-collision`, and the refusals of a table
  public Read read() throws IOException {
    try (Stream<Snapshots.Leaf> leaves = leaves()) {
      var held = new Held(leaves.iterator());
      crates(
          bundle,
          crate -> {
            String key = crate.name().collisionKey();
            while (held.leaf != null && held.leaf.key().compareTo(key) < 0) {
              passed(held.leaf);
              held.advance();
            }
            Snapshots.Leaf known = held.leaf;
            boolean same = known != null && known.key().equals(key);
            met(crate, same && known != null ? Optional.of(known.hash()) : Optional.empty());
            if (same) {
              held.advance();
            }
          });
      while (held.leaf != null) {
        passed(held.leaf);
        held.advance();
      }
    }
    agree();
    return new Read(crates, entries);
  }

  private Stream<Snapshots.Leaf> leaves() {
    return base.map(info -> snapshots.leaves(info.sequence())).orElse(Stream.empty());
  }

  /// The stored leaves with a current element.
  private static final class Held {
    private final Iterator<Snapshots.Leaf> rest;
    private Snapshots.@Nullable Leaf leaf;

    Held(Iterator<Snapshots.Leaf> leaves) {
      this.rest = leaves;
      advance();
    }

    void advance() {
      leaf = rest.hasNext() ? rest.next() : null;
    }
  }

  /// Processes a stored crate that is not in the tables.
  private void passed(Snapshots.Leaf leaf) throws IOException {
    if (full) {
      Optional<SnapshotCrate> before = held(CrateName.parse(leaf.key()));
      CrateName name = before.map(SnapshotCrate::name).orElseGet(() -> CrateName.parse(leaf.key()));
      visitor.crate(before.orElse(null), new SnapshotCrate(name, java.util.List.of()));
    } else {
      tree.add(leaf.hash());
      state++;
    }
  }

  private Optional<SnapshotCrate> held(CrateName name) {
    return base.flatMap(info -> snapshots.crate(name, info.sequence()));
  }

  /// Processes a crate of the tables.
  ///
  /// @param was the hash of the stored leaf, or empty
  private void met(SnapshotCrate crate, Optional<Sha256> was) throws IOException {
    crates++;
    entries += crate.lines().size();
    if (crate.gone() && full) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot use the index table: a full bundle has a crate without lines, '%s'"
              .formatted(crate.name()));
    }
    Optional<Sha256> is = crate.gone() ? Optional.empty() : Optional.of(crate.leaf());
    Optional<SnapshotCrate> before =
        was.isEmpty() ? Optional.empty() : was.equals(is) ? Optional.of(crate) : held(crate.name());
    before
        .filter(b -> !b.name().equals(crate.name()))
        .ifPresent(
            b -> {
              throw new BundleException(
                  BundleCode.NAME_COLLISION,
                  "cannot use the crate '%s': '%s' is stored, and both cannot exist"
                      .formatted(crate.name(), b.name()));
            });
    is.ifPresent(
        leaf -> {
          tree.add(leaf);
          state++;
        });
    versions += crate.lines().size() - (full ? 0 : before.map(b -> b.lines().size()).orElse(0));
    visitor.crate(before.orElse(null), crate);
  }

  private void agree() {
    if (entries != bundle.statement().contents().entries()) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot use the index table: the statement counts %d lines, it has %d"
              .formatted(bundle.statement().contents().entries(), entries));
    }
    BundleStatement.Result stated = bundle.statement().result();
    Sha256 root = tree.root();
    if (!root.equals(stated.stateRoot())
        || state != stated.crates()
        || versions != stated.versions()) {
      throw new BundleException(
          BundleCode.BUNDLE_STATE_MISMATCH,
          ("cannot import the bundle: with it the state would be %s (%d crates, %d versions), it"
                  + " states %s (%d crates, %d versions)")
              .formatted(
                  root, state, versions, stated.stateRoot(), stated.crates(), stated.versions()));
    }
  }
}
