package lazaret.bundle.signing;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.keys.NewFiles;
import lazaret.bundle.trust.BundleMetadataRule;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.trust.RootChain;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.FolderMetadataSource;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.MetadataWriter;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SignedMetadata;
import lazaret.bundle.tuf.SigningAuthority;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;

/// A bundle that officers sign. They sign its targets metadata. Snapshot and timestamp name the
/// targets file *with* its signatures. They are written again after each signature, and stay
/// unsigned until enough officers have signed and the online keys are available. A complete bundle
/// is not changed, because it may have been imported.
public final class BundleSigningSession implements SigningTask {
  private final Path bundle;
  private final KeyFolder keys;
  private final Instant now;
  private final Metadata.Root root;
  private final SignedMetadataFile<Metadata.Targets> targets;
  private final BundleStatement statement;
  private final Sha256 digest;
  private SignedMetadata<Metadata.Snapshot> snapshot;
  private SignedMetadata<Metadata.Timestamp> timestamp;

  private BundleSigningSession(
      Path bundle, KeyFolder keys, Instant now, FolderMetadataSource metadata) {
    this.bundle = bundle;
    this.keys = keys;
    this.now = now;
    this.root = root(metadata, keys, now);
    String name = only(metadata, Roles.TARGETS);
    SigningAuthority officers = SigningAuthority.of(root, Roles.TARGETS);
    this.targets =
        new SignedMetadataFile<>(
            needed(metadata, name),
            file -> MetadataReader.targets(file, Roles.TARGETS),
            List.of(officers));
    this.snapshot = MetadataReader.snapshot(needed(metadata, only(metadata, Roles.SNAPSHOT)));
    this.timestamp = MetadataReader.timestamp(needed(metadata, "timestamp.json"));
    checkForm(officers);
    Bytes said = files().statement();
    this.digest = Sha256.of(said);
    this.statement = BundleStatement.parse(said);
    checkStatement();
    refuseStrangers();
  }

  /// Opens a bundle for signing, see [SigningTask#open].
  static BundleSigningSession open(Path bundle, KeyFolder keys, Instant now) {
    return new BundleSigningSession(
        bundle, keys, now, FolderMetadataSource.read(bundle.resolve("metadata")));
  }

  /// Returns the newest root of the bundle. The roots in the officer's folder are trusted, and
  /// those of the bundle must continue them.
  private static Metadata.Root root(FolderMetadataSource metadata, KeyFolder keys, Instant now) {
    List<Bytes> roots = new ArrayList<>();
    for (long version = 1; ; version++) {
      Optional<Bytes> root = metadata.file(version + ".root.json");
      if (root.isEmpty()) {
        break;
      }
      roots.add(root.get());
    }
    RootChain chain = RootChain.of(roots, now);
    List<Bytes> known = keys.roots();
    for (int i = 0; i < known.size(); i++) {
      if (i >= roots.size()
          || !MetadataReader.root(known.get(i))
              .canonical()
              .equals(MetadataReader.root(roots.get(i)).canonical())) {
        throw new BundleException(
            BundleCode.METADATA_CONTENT_CHANGED,
            "cannot sign the bundle: its root version %d is not the one in %s"
                .formatted(i + 1, keys.path().resolve(KeyFolder.ROOTS)));
      }
    }
    return chain.newest();
  }

  private static String only(FolderMetadataSource metadata, String role) {
    List<String> names =
        metadata.names().stream()
            .filter(name -> name.matches("[0-9]+\\." + role + "\\.json"))
            .toList();
    if (names.size() != 1) {
      throw new BundleException(
          BundleCode.METADATA_MISSING,
          "cannot sign the bundle: expected one file N.%s.json in its metadata, found %d"
              .formatted(role, names.size()));
    }
    return names.getFirst();
  }

  private static Bytes needed(FolderMetadataSource metadata, String name) {
    return metadata
        .file(name)
        .orElseThrow(
            () ->
                new BundleException(
                    BundleCode.METADATA_MISSING,
                    "cannot sign the bundle: there is no '%s' in its metadata".formatted(name)));
  }

  private void checkForm(SigningAuthority officers) {
    var rule = new BundleMetadataRule(now);
    rule.form(targets.signed(), officers);
    rule.form(snapshot, SigningAuthority.of(root, Roles.SNAPSHOT));
    rule.form(timestamp, SigningAuthority.of(root, Roles.TIMESTAMP));
    long version = targets.signed().content().version();
    Metadata.MetaFile listed = snapshot.content().files().get("targets.json");
    if (listed == null
        || listed.version() != version
        || timestamp.content().snapshot().version() != snapshot.content().version()) {
      throw new BundleException(
          BundleCode.METADATA_VERSION_MISMATCH,
          "cannot sign the bundle: targets, snapshot and timestamp do not name each other");
    }
    if (!targets.signed().content().expires().isAfter(now)) {
      throw new BundleException(
          BundleCode.METADATA_EXPIRED,
          "cannot sign the bundle: it expired at %s, it is %s now; export it again"
              .formatted(targets.signed().content().expires(), now));
    }
  }

  private void checkStatement() {
    RootPolicy policy = RootPolicy.of(root);
    RootPolicy.Stream stream = policy.stream();
    if (!statement.stream().uuid().equals(stream.uuid().toString())
        || !statement.stream().name().equals(stream.name())
        || statement.epoch() != policy.epoch()) {
      throw new BundleException(
          BundleCode.BUNDLE_WRONG_STREAM,
          "cannot sign the bundle: it is of %s %s, epoch %d; the root is of %s %s, epoch %d"
              .formatted(
                  Excerpt.of(statement.stream().name()),
                  Excerpt.of(statement.stream().uuid()),
                  statement.epoch(),
                  stream.name(),
                  stream.uuid(),
                  policy.epoch()));
    }
  }

  private void refuseStrangers() {
    boolean none =
        Stream.of(Roles.TARGETS, Roles.SNAPSHOT, Roles.TIMESTAMP)
            .allMatch(role -> keys.filesFor(root, role).isEmpty());
    if (none) {
      throw new BundleException(
          BundleCode.KEY_UNUSABLE,
          "cannot sign the bundle: no key in %s has a role in root version %d"
              .formatted(keys.path(), root.version()));
    }
  }

  /// Reads all target files that are present, and compares them with the targets metadata. Missing
  /// files are skipped.
  ///
  /// @return the number of target files that are present
  /// @throws BundleException `target-damaged` for a file that differs from the metadata,
  ///   `unexpected-file` for one that the metadata does not name, `medium-read-failed`
  public int check() {
    return files().check();
  }

  private SigningTargets files() {
    return new SigningTargets(bundle.resolve("targets"), targets.signed().content());
  }

  /// Returns the statement of the bundle.
  public BundleStatement statement() {
    return statement;
  }

  /// Returns the SHA-256 of the statement file, by which people approve the bundle.
  public Sha256 digest() {
    return digest;
  }

  /// Returns the root that names the signing officers.
  public Metadata.Root root() {
    return root;
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.of(digest);
  }

  @Override
  public List<SignatureTally> tallies() {
    return List.of(
        SignatureTally.of(targets.signed(), root, Roles.TARGETS),
        SignatureTally.of(snapshot, root, Roles.SNAPSHOT),
        SignatureTally.of(timestamp, root, Roles.TIMESTAMP));
  }

  @Override
  public List<String> due() {
    if (isComplete()) {
      return List.of();
    }
    List<KeyFile> due = new ArrayList<>(dueOfficers());
    if (!due.isEmpty() || tallies().getFirst().isEnough()) {
      for (String role : List.of(Roles.SNAPSHOT, Roles.TIMESTAMP)) {
        keys.filesFor(root, role).stream().filter(f -> !due.contains(f)).forEach(due::add);
      }
    }
    return due.stream().map(KeyFile::name).toList();
  }

  private List<KeyFile> dueOfficers() {
    return targets.due(keys.filesFor(root, Roles.TARGETS));
  }

  @Override
  public boolean isComplete() {
    return isNamed() && tallies().stream().allMatch(SignatureTally::isEnough);
  }

  private boolean isNamed() {
    return namedTargets().equals(snapshot.content().files().get("targets.json"))
        && namedSnapshot().equals(timestamp.content().snapshot());
  }

  @Override
  public List<String> take(Bytes copy) {
    List<SignatureTally> had = tallies();
    if (!isComplete()) {
      targets.take(copy);
    }
    return SigningTask.joined(had, tallies());
  }

  @Override
  public List<String> sign() {
    if (isComplete()) {
      return List.of();
    }
    List<SignatureTally> had = tallies();
    targets.sign(keys.open(dueOfficers()));
    SignatureTally officers = SignatureTally.of(targets.signed(), root, Roles.TARGETS);
    seal(officers.isEnough());
    write(targets.signed().content().version() + ".targets.json", targets.signed().raw());
    write(snapshot.content().version() + ".snapshot.json", snapshot.raw());
    write("timestamp.json", timestamp.raw());
    return SigningTask.joined(had, tallies());
  }

  /// Writes a metadata file. The temporary file is outside of the folders of the bundle, where it
  /// would be an unexpected file after an interruption.
  private void write(String name, Bytes file) {
    NewFiles.replace(bundle.resolve("metadata").resolve(name), file, bundle);
  }

  /// Writes snapshot and timestamp again if they do not name the current files.
  ///
  /// @param sign whether enough officers have signed
  private void seal(boolean sign) {
    Metadata.Snapshot had = snapshot.content();
    Map<String, Metadata.MetaFile> files = new HashMap<>(had.files());
    files.put("targets.json", namedTargets());
    snapshot =
        sealed(
            new Metadata.Snapshot(had.version(), had.expires(), files),
            snapshot,
            MetadataReader::snapshot,
            sign ? Optional.of(Roles.SNAPSHOT) : Optional.empty());
    Metadata.Timestamp newest = timestamp.content();
    timestamp =
        sealed(
            new Metadata.Timestamp(newest.version(), newest.expires(), namedSnapshot()),
            timestamp,
            MetadataReader::timestamp,
            sign ? Optional.of(Roles.TIMESTAMP) : Optional.empty());
  }

  private <M extends Metadata> SignedMetadata<M> sealed(
      M content,
      SignedMetadata<M> had,
      Function<Bytes, SignedMetadata<M>> reader,
      Optional<String> role) {
    Bytes current =
        content.equals(had.content())
            ? had.raw()
            : MetadataWriter.file(MetadataWriter.signed(content), Map.of());
    if (role.isEmpty()) {
      return reader.apply(current);
    }
    var file =
        new SignedMetadataFile<>(current, reader, List.of(SigningAuthority.of(root, role.get())));
    file.sign(keys.open(file.due(keys.filesFor(root, role.get()))));
    return file.signed();
  }

  private Metadata.MetaFile namedTargets() {
    return Metadata.MetaFile.of(targets.signed().content().version(), targets.signed().raw());
  }

  private Metadata.MetaFile namedSnapshot() {
    return Metadata.MetaFile.of(snapshot.content().version(), snapshot.raw());
  }
}
