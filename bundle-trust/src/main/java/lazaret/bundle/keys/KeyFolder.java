package lazaret.bundle.keys;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.trust.RootChain;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.tuf.FolderMetadataSource;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;

/// The keys of one machine. The folder has `NAME.key.json` and `NAME.pub.json` of each officer,
/// `decisions.key.json` of a gate that signs decisions, and the roots of the stream as
/// `roots/1.root.json` and so on. All files are read when the folder is opened. A private key is
/// decrypted at its first use and then kept in memory. Not thread-safe.
public final class KeyFolder {
  /// The name of the subfolder of the roots.
  public static final String ROOTS = "roots";

  private static final int MOST_KEYS = 64;

  private final Path folder;
  private final PassphraseSource source;
  private final Map<String, KeyFile> files;
  private final Optional<RootChain> roots;
  private final Map<String, List<SigningKey>> opened = new HashMap<>();
  private final Map<String, BundleException> failed = new HashMap<>();

  private KeyFolder(
      Path folder, PassphraseSource source, Map<String, KeyFile> files, Optional<RootChain> roots) {
    this.folder = folder;
    this.source = source;
    this.files = files;
    this.roots = roots;
  }

  /// Opens a folder. Each root is verified with the previous one; the first root is trusted.
  ///
  /// @param folder the folder
  /// @param source the source of the passphrases, called for each key that is used
  /// @param clock the clock, read once
  /// @throws BundleException `key-unusable` for a folder or key file that cannot be read, and the
  ///   refusals of a root
  public static KeyFolder open(Path folder, PassphraseSource source, Clock clock) {
    List<Bytes> roots = roots(folder);
    return new KeyFolder(
        folder,
        source,
        keyFiles(folder),
        roots.isEmpty() ? Optional.empty() : Optional.of(RootChain.of(roots, clock.instant())));
  }

  private static Map<String, KeyFile> keyFiles(Path folder) {
    Map<String, KeyFile> files = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*" + KeyFile.SUFFIX)) {
      for (Path entry : entries) {
        if (files.size() == MOST_KEYS) {
          throw unusable(
              "cannot use the keys in %s: more than %d key files".formatted(folder, MOST_KEYS),
              null);
        }
        KeyFile file = KeyFile.read(entry);
        if (!entry.getFileName().toString().equals(file.name() + KeyFile.SUFFIX)) {
          throw unusable(
              "cannot use the key file %s: it belongs to '%s'".formatted(entry, file.name()), null);
        }
        files.put(file.name(), file);
      }
    } catch (IOException e) {
      throw unusable(
          "cannot read the keys in %s: the folder is missing or not readable".formatted(folder), e);
    }
    return files;
  }

  private static List<Bytes> roots(Path folder) {
    List<Bytes> roots = new ArrayList<>();
    if (Files.isDirectory(folder.resolve(ROOTS))) {
      FolderMetadataSource source = FolderMetadataSource.read(folder.resolve(ROOTS));
      for (int version = 1; version <= source.names().size(); version++) {
        Optional<Bytes> root = source.file(version + ".root.json");
        if (root.isEmpty()) {
          throw new BundleException(
              BundleCode.ROOT_VERSION_GAP,
              "cannot use the roots in %s: %d.root.json is missing"
                  .formatted(folder.resolve(ROOTS), version));
        }
        roots.add(root.get());
      }
    }
    return roots;
  }

  /// Returns the files of all roots, oldest first; empty before the first ceremony.
  public List<Bytes> roots() {
    return roots.map(RootChain::files).orElse(List.of());
  }

  /// Returns the newest root.
  ///
  /// @throws BundleException `key-unusable` if there is none
  public Metadata.Root root() {
    return chain().newest();
  }

  /// Returns the chain of roots, or fails if the folder holds no root.
  public RootChain chain() {
    return roots.orElseThrow(
        () ->
            unusable(
                ("cannot use the keys in %s: there is no root; make one with 'keys ceremony', or"
                        + " copy the stream's roots to %s")
                    .formatted(folder, folder.resolve(ROOTS)),
                null));
  }

  /// Returns the policy of the newest root.
  ///
  /// @throws BundleException `key-unusable` if there is none
  public RootPolicy policy() {
    return RootPolicy.of(root());
  }

  /// Returns all key files, by name.
  public Map<String, KeyFile> files() {
    return Map.copyOf(files);
  }

  /// Returns the path of the folder.
  public Path path() {
    return folder;
  }

  /// Returns the private decision key.
  ///
  /// @throws BundleException `key-unusable` if it is missing, cannot be opened, or is not named by
  ///   the newest root
  public SigningKey decisions() {
    KeyFile file = files.get(KeyFile.DECISIONS);
    if (file == null) {
      throw unusable(
          "cannot sign decisions: there is no %s; run 'keys create %s'"
              .formatted(folder.resolve(KeyFile.DECISIONS + KeyFile.SUFFIX), KeyFile.DECISIONS),
          null);
    }
    TufKey key = file.publicKeys().getFirst();
    if (policy().decisionKeys().stream().noneMatch(k -> k.isSameKeyAs(key))) {
      throw unusable(
          ("cannot sign decisions: root version %d does not name the key %s; make the next root"
                  + " with it (keys rotate --decisions)")
              .formatted(root().version(), key.id()),
          null);
    }
    return keys(file).getFirst();
  }

  /// Returns the private keys in this folder that may sign for a role of the newest root, both keys
  /// of each officer.
  ///
  /// @param role a top-level role
  /// @return the keys; empty if the folder has no officer of that role
  /// @throws BundleException `key-unusable` if a key cannot be opened, or there is no root
  public List<SigningKey> keysFor(String role) {
    return keysFor(root(), role);
  }

  /// Returns the names of the key files in this folder that may sign for a role.
  ///
  /// @param root the root that names the signers
  /// @param role a top-level role
  public Set<String> namesFor(Metadata.Root root, String role) {
    return filesFor(root, role).stream()
        .map(KeyFile::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Returns the key files that may sign for a role of a root.
  public List<KeyFile> filesFor(Metadata.Root root, String role) {
    return files.values().stream().filter(file -> maySign(file, root, role)).toList();
  }

  /// Opens the keys that may sign for a role of a root.
  public List<SigningKey> keysFor(Metadata.Root root, String role) {
    return open(filesFor(root, role));
  }

  /// Opens keys, each once.
  public List<SigningKey> open(Collection<KeyFile> which) {
    return which.stream().flatMap(file -> keys(file).stream()).toList();
  }

  /// Returns whether a key file may sign, by its keys. The name of the file is not compared with
  /// the root.
  private static boolean maySign(KeyFile file, Metadata.Root root, String role) {
    return !file.name().equals(KeyFile.DECISIONS)
        && file.publicKeys().stream()
            .allMatch(
                key ->
                    root.signers(role).keyIds().contains(key.id())
                        && key.equals(root.keys().get(key.id())));
  }

  /// Opens a key. One that failed is not tried again, since a token counts wrong PINs.
  private List<SigningKey> keys(KeyFile file) {
    BundleException before = failed.get(file.name());
    if (before != null) {
      throw before;
    }
    try {
      return opened.computeIfAbsent(file.name(), _ -> file.open(source));
    } catch (BundleException e) {
      failed.put(file.name(), e);
      throw e;
    }
  }

  private static BundleException unusable(
      String message, @org.jspecify.annotations.Nullable Throwable cause) {
    return new BundleException(BundleCode.KEY_UNUSABLE, message, cause);
  }
}
