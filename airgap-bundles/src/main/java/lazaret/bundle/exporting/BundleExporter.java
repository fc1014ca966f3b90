package lazaret.bundle.exporting;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.AdvisoryChangeTable;
import lazaret.bundle.format.AdvisoryTable;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.ChangeLists;
import lazaret.bundle.format.CrateTablesWriter;
import lazaret.bundle.format.CycloneDxWriter;
import lazaret.bundle.format.ExternalDigestSort;
import lazaret.bundle.format.FeedChanges;
import lazaret.bundle.format.FeedHeader;
import lazaret.bundle.format.TableLineWriter;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.SigningKey;
import lazaret.storage.files.FileAccess;
import lazaret.storage.files.NewFolder;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ProductVersion;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;

/// The writer of a bundle folder. The folder is written under another name, synced and then
/// renamed, so that a folder with the name of a bundle is complete. The same order on the same
/// source gives the same bytes, except for signatures. One crate and a few artifacts at a time are
/// in memory.
public final class BundleExporter {
  private static final String PRODUCT = "lazaret " + ProductVersion.of(BundleExporter.class);
  private static final Bytes NO_FILE = Bytes.EMPTY;

  private final ExportOptions order;
  private final SnapshotSource source;
  private final BundleSigners signers;
  private final Path folder;
  private final TargetsFolder targets;
  private final Map<String, Long> lengths = new HashMap<>();
  private final ChangeLists differences = new ChangeLists();
  private final RunningOperation operation = RunningOperation.current();
  private long entries;
  private long artifacts;

  private BundleExporter(
      ExportOptions order, SnapshotSource source, BundleSigners signers, Path folder) {
    this.order = order;
    this.source = source;
    this.signers = signers;
    this.folder = folder;
    this.targets = new TargetsFolder(folder.resolve("targets"));
  }

  /// The result of an export.
  ///
  /// @param folder the folder of the bundle
  /// @param statement the statement of the bundle
  /// @param digest the SHA-256 of the statement file, by which people approve the bundle
  public record Exported(Path folder, BundleStatement statement, Sha256 digest) {}

  /// Exports a bundle.
  ///
  /// @param order the request
  /// @param source the snapshots
  /// @param signers the roots and signing keys
  /// @param into an existing folder, in which the folder of the bundle is created
  /// @throws BundleException `metadata-expired` if the root expires before the expiry of the bundle
  ///   plus the dark time; `blob-missing` if an artifact is not stored, `blob-digest-mismatch` if
  ///   its stored bytes differ
  /// @throws FileAlreadyExistsException if the bundle exists already
  /// @throws IOException if it cannot be written; no folder has its name then
  public static Exported export(
      ExportOptions order, SnapshotSource source, BundleSigners signers, Path into)
      throws IOException {
    outlives(order, signers);
    Path folder =
        into.resolve(
            order.folder() + source.advisories().map(c -> "-" + c.update().sequence()).orElse(""));
    BundleStatement statement =
        NewFolder.create(
            folder,
            FileAccess.PUBLIC,
            part -> {
              PrivateFiles.createFolders(part.resolve("metadata"));
              PrivateFiles.createFolders(part.resolve("targets"));
              return new BundleExporter(order, source, signers, part).write();
            });
    return new Exported(folder, statement, Sha256.of(statement.file()));
  }

  /// Checks that the root outlives the bundle. A network without news for a long time must still be
  /// able to verify the next bundle.
  private static void outlives(ExportOptions order, BundleSigners signers) {
    Metadata.Root root =
        MetadataReader.root(signers.roots().isEmpty() ? NO_FILE : signers.roots().getLast())
            .content();
    Instant needed = order.issued().plus(order.times().expires()).plus(order.times().dark());
    if (root.expires().isBefore(needed)) {
      throw new BundleException(
          BundleCode.METADATA_EXPIRED,
          ("cannot export: root version %d expires at %s, and this bundle needs it until %s; make the"
                  + " next root first (keys rotate)")
              .formatted(root.version(), root.expires(), needed));
    }
  }

  private BundleStatement write() throws IOException {
    Optional<AdvisoryChanges> changes = source.advisories();
    BundleStatement statement = changes.isPresent() ? changed(changes.get()) : crates();
    targets.write(BundleTarget.STATEMENT.path(), statement.file());
    metadata();
    return statement;
  }

  private BundleStatement crates() throws IOException {
    try (var blobs = new ExternalDigestSort(folder)) {
      tables(blobs);
      List<FeedHeader> feeds = advisories();
      var parts = new PartWriter(source, targets, order.partSize());
      operation.begin("artifacts", artifacts);
      parts.write(blobs);
      if (!source.site().collections().isEmpty()) {
        operation.begin("files", 0);
      }
      var site = new SiteWriter(targets, order.partSize()).write(source.site(), lengths);
      return statement(
          feeds,
          result(parts),
          new BundleStatement.Contents(parts.count(), entries, parts.mostBlob(), lengths),
          new BundleStatement.Extras(site, null));
    }
  }

  /// Writes the table of a bundle of advisories, and what it carries of the site.
  private BundleStatement changed(AdvisoryChanges changes) throws IOException {
    String table = BundleTarget.ADVISORY_CHANGES.path();
    TableLineWriter out = new TableLineWriter(targets.create(table));
    try (out) {
      AdvisoryChangeTable.write(out, changes.feeds());
    }
    lengths.put(table, out.length());
    var site = new SiteWriter(targets, order.partSize()).write(source.site(), lengths);
    return statement(
        changes.feeds().stream().map(FeedChanges::header).toList(),
        order.result(),
        new BundleStatement.Contents(0, 0, 0, lengths),
        new BundleStatement.Extras(site, changes.update()));
  }

  private void tables(ExternalDigestSort blobs) throws IOException {
    operation.begin("tables", 0);
    TableLineWriter index = new TableLineWriter(targets.create(BundleTarget.INDEX.path()));
    TableLineWriter decisions = new TableLineWriter(targets.create(BundleTarget.DECISIONS.path()));
    TableLineWriter materials = new TableLineWriter(targets.create(BundleTarget.SBOM.path()));
    try (var tables = new CrateTablesWriter(index, decisions, signers.decisions());
        materials;
        Stream<SnapshotCrate> changed = source.changed(order.since())) {
      var sbom = new CycloneDxWriter(materials, order.folder(), order.issued().toString());
      for (SnapshotCrate crate : (Iterable<SnapshotCrate>) changed::iterator) {
        Optional<SnapshotCrate> before = source.crate(crate.name(), order.since());
        Optional<SnapshotCrate> brought =
            order.kind() == SnapshotKind.REVOCATION ? denials(before, crate) : Optional.of(crate);
        if (brought.isPresent()) {
          // A revocation removes no line, even if it omits one.
          differences.add(
              order.kind() == SnapshotKind.REVOCATION ? Optional.empty() : before, brought.get());
          tables.add(brought.get());
          entries += brought.get().lines().size();
          artifacts(brought.get(), blobs, sbom);
        }
      }
      sbom.finish();
    }
    lengths.put(BundleTarget.INDEX.path(), index.length());
    lengths.put(BundleTarget.DECISIONS.path(), decisions.length());
    lengths.put(BundleTarget.SBOM.path(), materials.length());
  }

  /// Returns the lines of a crate that are denied now and were not denied before. A revocation
  /// contains only these.
  private Optional<SnapshotCrate> denials(Optional<SnapshotCrate> before, SnapshotCrate now) {
    List<SnapshotLine> denied =
        now.lines().stream()
            .filter(line -> !line.statement().allows() && source.revokes(line))
            .filter(line -> !before.map(SnapshotCrate::lines).orElse(List.of()).contains(line))
            .toList();
    return denied.isEmpty() ? Optional.empty() : Optional.of(new SnapshotCrate(now.name(), denied));
  }

  /// Adds the artifacts that are served now, except those that every importing network certainly
  /// has.
  private void artifacts(SnapshotCrate now, ExternalDigestSort blobs, CycloneDxWriter sbom)
      throws IOException {
    Set<Sha256> held = held(now.name());
    for (SnapshotLine line : now.lines()) {
      if (line.statement().allows()) {
        Sha256 cksum = line.entry().cksum();
        sbom.add(line.entry().id(), source.license(cksum).orElse(null));
        if (!held.contains(cksum)) {
          blobs.add(line.entry().id());
          artifacts++;
        }
      }
    }
  }

  /// Returns the artifacts of a crate that all base snapshots of the bundle serve. A network that
  /// starts with a later base may lack artifacts that only an earlier base served.
  private Set<Sha256> held(CrateName name) {
    if (order.kind() == SnapshotKind.FULL || order.bases().isEmpty()) {
      return Set.of();
    }
    Set<Sha256> held = served(name, order.bases().getFirst().sequence());
    for (BundleStatement.State base : order.bases().subList(1, order.bases().size())) {
      if (!held.isEmpty()) {
        held.retainAll(served(name, base.sequence()));
      }
    }
    return held;
  }

  private Set<Sha256> served(CrateName name, long sequence) {
    Set<Sha256> served = new HashSet<>();
    source.crate(name, sequence).map(SnapshotCrate::lines).orElse(List.of()).stream()
        .filter(line -> line.statement().allows())
        .forEach(line -> served.add(line.entry().cksum()));
    return served;
  }

  private List<FeedHeader> advisories() throws IOException {
    TableLineWriter out = new TableLineWriter(targets.create(BundleTarget.ADVISORIES.path()));
    try (out) {
      return AdvisoryTable.write(
          out, order.kind() == SnapshotKind.REVOCATION ? List.of() : source.feeds());
    } finally {
      lengths.put(BundleTarget.ADVISORIES.path(), out.length());
    }
  }

  private BundleStatement statement(
      List<FeedHeader> feeds,
      BundleStatement.Result result,
      BundleStatement.Contents contents,
      BundleStatement.Extras extras) {
    boolean revocation = order.kind() == SnapshotKind.REVOCATION;
    return new BundleStatement(
        order.stream(),
        order.audience(),
        order.epoch(),
        order.snapshot(),
        order.kind(),
        order.kind() == SnapshotKind.DELTA ? order.bases() : List.of(),
        revocation ? order.since() : 0,
        result,
        order.previous(),
        order.issued(),
        order.issued().plus(order.times().expires()),
        order.issued().plus(order.times().next()),
        order.policyDigest(),
        feeds,
        differences.finish(),
        contents,
        PRODUCT,
        extras);
  }

  private BundleStatement.Result result(PartWriter parts) {
    BundleStatement.Result drafted = order.result();
    long before = order.kind() == SnapshotKind.FULL ? 0 : drafted.bytes();
    return new BundleStatement.Result(
        drafted.stateRoot(), drafted.crates(), drafted.versions(), before + parts.bytes());
  }

  private void metadata() throws IOException {
    Path to = folder.resolve("metadata");
    for (Bytes root : signers.roots()) {
      PrivateFiles.create(
          to.resolve(MetadataReader.root(root).content().version() + ".root.json"), root);
    }
    Instant expires = order.issued().plus(order.times().expires());
    long version = order.version();
    Bytes listed =
        signed(
            new Metadata.Targets(version, expires, targets.targets(), Optional.empty()),
            signers.targets());
    PrivateFiles.create(to.resolve(version + ".targets.json"), listed);
    Map<String, Metadata.MetaFile> files =
        Map.of("targets.json", Metadata.MetaFile.of(version, listed));
    Bytes snapshot = signed(new Metadata.Snapshot(version, expires, files), signers.online());
    PrivateFiles.create(to.resolve(version + ".snapshot.json"), snapshot);
    Metadata.MetaFile newest = Metadata.MetaFile.of(version, snapshot);
    PrivateFiles.create(
        to.resolve("timestamp.json"),
        signed(new Metadata.Timestamp(version, expires, newest), signers.online()));
  }

  private static Bytes signed(Metadata content, List<SigningKey> keys) {
    return MetadataWriter.file(MetadataWriter.signed(content), keys);
  }
}
