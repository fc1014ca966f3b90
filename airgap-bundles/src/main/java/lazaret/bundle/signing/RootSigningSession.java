package lazaret.bundle.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.keys.NewFiles;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.trust.BundleMetadataRule;
import lazaret.bundle.trust.Fingerprint;
import lazaret.bundle.trust.RootChain;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.FolderMetadataSource;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.MetadataReader;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.SignedMetadata;
import lazaret.bundle.tuf.SigningAuthority;
import lazaret.vetting.Bytes;

/// A root that is being signed by its own officers and those of the previous root. The complete
/// root is written to the roots of the folder of keys.
public final class RootSigningSession implements SigningTask {
  private final Path path;
  private final KeyFolder keys;
  private final Instant now;
  private final Optional<Metadata.Root> before;
  private final SignedMetadataFile<Metadata.Root> file;

  private RootSigningSession(
      Path path,
      KeyFolder keys,
      Instant now,
      Optional<Metadata.Root> before,
      SignedMetadataFile<Metadata.Root> file) {
    this.path = path;
    this.keys = keys;
    this.now = now;
    this.before = before;
    this.file = file;
  }

  /// Opens a root for signing, see [SigningTask#open].
  public static RootSigningSession open(Path path, KeyFolder keys, Instant now) {
    SignedMetadata<Metadata.Root> root = MetadataReader.root(read(path));
    refuseAnother(root, keys);
    Optional<Metadata.Root> before = before(root.content(), keys);
    var rule = new BundleMetadataRule(now);
    List<SigningAuthority> authorities = new ArrayList<>();
    before.ifPresent(by -> authorities.add(SigningAuthority.of(by, Roles.ROOT)));
    authorities.add(SigningAuthority.of(root.content(), Roles.ROOT));
    authorities.forEach(by -> rule.form(root, by));
    var signing =
        new RootSigningSession(
            path,
            keys,
            now,
            before,
            new SignedMetadataFile<>(root.raw(), MetadataReader::root, authorities));
    signing.refuseStrangers();
    return signing;
  }

  /// Reads a root file within its size limit.
  public static Bytes read(Path path) {
    try (var in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(FolderMetadataSource.MOST_ROOT + 1);
      if (bytes.length > FolderMetadataSource.MOST_ROOT) {
        throw new BundleException(
            BundleCode.LIMIT_EXCEEDED,
            "cannot read %s: more than %d bytes".formatted(path, FolderMetadataSource.MOST_ROOT));
      }
      return Bytes.of(bytes);
    } catch (IOException e) {
      throw new BundleException(
          BundleCode.METADATA_MISSING, "cannot read the root %s: %s".formatted(path, e), e);
    }
  }

  /// Refuses a root whose version is known with other content. That indicates another stream or a
  /// fork.
  private static void refuseAnother(SignedMetadata<Metadata.Root> root, KeyFolder keys) {
    long version = root.content().version();
    List<Bytes> known = keys.roots();
    if (version <= known.size()) {
      Bytes same = known.get((int) version - 1);
      if (!MetadataReader.root(same).canonical().equals(root.canonical())) {
        throw new BundleException(
            BundleCode.METADATA_CONTENT_CHANGED,
            "cannot sign root version %d: another root version %d is in %s already"
                .formatted(version, version, keys.path().resolve(KeyFolder.ROOTS)));
      }
    }
  }

  private static Optional<Metadata.Root> before(Metadata.Root root, KeyFolder keys) {
    if (root.version() == 1) {
      return Optional.empty();
    }
    List<Bytes> known = keys.roots();
    if (root.version() - 1 > known.size()) {
      throw new BundleException(
          BundleCode.KEY_UNUSABLE,
          "cannot sign root version %d without the one before: copy the roots up to %d to %s"
              .formatted(root.version(), root.version() - 1, keys.path().resolve(KeyFolder.ROOTS)));
    }
    return Optional.of(MetadataReader.root(known.get((int) root.version() - 2)).content());
  }

  /// Refuses a folder without a key that may sign. Officers of other roles may only adopt the
  /// complete root.
  private void refuseStrangers() {
    Metadata.Root root = root();
    boolean named =
        RootPolicy.ROLES.stream().anyMatch(role -> !keys.filesFor(root, role).isEmpty())
            || keys.files().values().stream()
                .flatMap(key -> key.publicKeys().stream())
                .anyMatch(RootPolicy.of(root).decisionKeys()::contains);
    if (officers().isEmpty() && !(named && isComplete())) {
      throw new BundleException(
          BundleCode.KEY_UNUSABLE,
          "cannot sign root version %d: no key in %s may sign it; officers of the role root are %s"
              .formatted(root.version(), keys.path(), names(root)));
    }
  }

  private static String names(Metadata.Root root) {
    return String.join(", ", RootPlan.of(root).duty(Roles.ROOT).officers());
  }

  private Set<KeyFile> officers() {
    Set<KeyFile> officers = new LinkedHashSet<>(keys.filesFor(root(), Roles.ROOT));
    before.ifPresent(by -> officers.addAll(keys.filesFor(by, Roles.ROOT)));
    return officers;
  }

  /// Returns the root.
  public Metadata.Root root() {
    return file.signed().content();
  }

  /// Returns the file with the current signatures.
  public Bytes file() {
    return file.signed().raw();
  }

  @Override
  public Fingerprint fingerprint() {
    return StoredTrust.fingerprint(file());
  }

  @Override
  public List<SignatureTally> tallies() {
    return Stream.concat(before.stream(), Stream.of(root()))
        .map(by -> SignatureTally.of(file.signed(), by, Roles.ROOT))
        .toList();
  }

  @Override
  public List<String> due() {
    return file.due(officers()).stream().map(KeyFile::name).toList();
  }

  @Override
  public boolean isComplete() {
    return tallies().stream().allMatch(SignatureTally::isEnough);
  }

  @Override
  public List<String> take(Bytes copy) {
    List<SignatureTally> had = tallies();
    file.take(copy);
    return SigningTask.joined(had, tallies());
  }

  @Override
  public List<String> sign() {
    List<SignatureTally> had = tallies();
    file.sign(keys.open(file.due(officers())));
    Bytes signed = file.signed().raw();
    if (!read(path).equals(signed)) {
      NewFiles.replace(path, signed, path.resolveSibling(""));
    }
    if (isComplete()) {
      adopt(signed);
    }
    return SigningTask.joined(had, tallies());
  }

  private void adopt(Bytes signed) {
    long version = root().version();
    if (version == keys.roots().size() + 1) {
      RootChain verified =
          version == 1 ? RootChain.of(List.of(signed), now) : keys.chain().followed(signed, now);
      Path roots = keys.path().resolve(KeyFolder.ROOTS);
      NewFiles.folder(roots);
      Path file = roots.resolve(verified.newest().version() + ".root.json");
      NewFiles.create(file, signed, keys.path());
    }
  }
}
