package lazaret.cli.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.cli.desk.CliException;
import lazaret.sandbox.bubblewrap.SandboxPaths;
import lazaret.sandbox.relay.CargoRelayConfig;
import lazaret.storage.files.FileTrees;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexPath;

/// The crates that one user fetched through one gate: a `CARGO_HOME` that many projects share.
///
/// Only `cargo fetch` writes to it, for lockfiles that the gate accepted, in a sandbox that does
/// not run code of crates. Builds see it read-only. Therefore a project cannot leave files in it
/// for another project.
///
/// @param home the `CARGO_HOME`
/// @param stamps the folder with a file for each closure that was fetched completely
public record PackageCache(Path home, Path stamps) {
  /// The first line of a stamp. The other lines name the files that were present.
  private static final String STAMP = "fetched, and there were";

  /// The folder of the caches of all gates.
  private static final String GATES = "gates";

  private static final int KEY_LENGTH = 16;

  /// Opens the cache of a gate, and creates it if it is missing.
  ///
  /// @param root the folder of all caches of a user
  /// @param server the address of the gate
  /// @throws CliException if the cache cannot be written
  public static PackageCache open(Path root, String server) {
    String key = Sha256.of(Bytes.utf8(server)).hex().substring(0, KEY_LENGTH);
    Path folder = root.resolve(GATES).resolve(key);
    PackageCache cache = new PackageCache(folder.resolve("cargo"), folder.resolve("fetched"));
    try {
      privately(cache.home);
      privately(cache.stamps);
      settle(folder.resolve("gate"), server + "\n");
      settle(cache.home.resolve("config.toml"), CargoRelayConfig.file(Path.of(SandboxPaths.GATE)));
    } catch (IOException e) {
      throw failed("cannot create the package cache " + folder, e);
    }
    return cache;
  }

  /// Removes the caches of all gates if they have more than a number of bytes. No build may run
  /// meanwhile.
  ///
  /// @param root the folder of all caches of a user
  /// @throws CliException if they cannot be read or removed
  static void limit(Path root, long most) {
    Path gates = root.resolve(GATES);
    try {
      FileTrees.deleteIfLarger(gates, most);
    } catch (IOException e) {
      throw failed("cannot limit the package cache " + gates, e);
    }
  }

  private static void privately(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /// Writes a small file atomically, unless it has the text already.
  private static void settle(Path file, String text) throws IOException {
    if (Files.isRegularFile(file) && Files.readString(file).equals(text)) {
      return;
    }
    PrivateFiles.replace(file, Bytes.utf8(text));
  }

  /// Returns whether a closure was fetched completely and is still present.
  ///
  /// @param manner the key of the fetch without the closure: the toolchain, because each cargo may
  ///   have its own form of cache, the platforms, and the manifests, which may require more
  public boolean holds(Collection<CrateId> closure, String manner) {
    Path stamp = stamp(closure, manner);
    try {
      List<String> lines =
          Files.isRegularFile(stamp, LinkOption.NOFOLLOW_LINKS)
              ? Files.readAllLines(stamp)
              : List.of();
      // Caches are tidied up, by people and by programs, and not always whole.
      return !lines.isEmpty()
          && lines.getFirst().equals(STAMP)
          && lines.stream()
              .skip(1)
              .allMatch(file -> Files.exists(home.resolve(file), LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      throw failed("cannot read what was fetched in " + stamps, e);
    }
  }

  /// Records that a closure was fetched completely, after comparing the SHA-256 of each file.
  ///
  /// @param manner the key of the fetch, as for [#holds]
  /// @throws CliException with code `cksum-mismatch` if a file does not match the lockfile
  public void seal(Collection<CrateId> closure, String manner) {
    List<Path> altered = new ArrayList<>();
    for (CrateId id : closure) {
      for (Path copy : copies(id)) {
        if (!digest(copy).equals(id.cksum())) {
          altered.add(copy);
        }
      }
    }
    if (!altered.isEmpty()) {
      throw new CliException(
          ErrorCode.CKSUM_MISMATCH,
          "the package cache contains %s with a SHA-256 that differs from the lockfile: find out who changed it, then remove %s"
              .formatted(
                  altered.stream().map(Path::toString).collect(Collectors.joining(", ")),
                  home.getParent()));
    }
    try {
      settle(
          stamp(closure, manner),
          STAMP + "\n" + files(closure).map(file -> file + "\n").collect(Collectors.joining()));
    } catch (IOException e) {
      throw failed("cannot record what was fetched in " + stamps, e);
    }
  }

  private Path stamp(Collection<CrateId> closure, String manner) {
    String text =
        closure.stream()
            .map(id -> "%s %s %s\n".formatted(id.name(), id.version().text(), id.cksum().hex()))
            .sorted()
            .collect(Collectors.joining("", manner + "\n", ""));
    return stamps.resolve(Sha256.of(Bytes.utf8(text)).hex());
  }

  /// Returns the `.crate` files of a version: one for each form of cache that a cargo has used.
  private List<Path> copies(CrateId id) {
    String name = "%s-%s.crate".formatted(id.name(), id.version().text());
    return registries().stream()
        .map(registry -> home.resolve("registry/cache").resolve(registry).resolve(name))
        .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /// Returns the files of a closure that are present, relative to the `CARGO_HOME`. A platform does
  /// not need all versions of the closure.
  private Stream<String> files(Collection<CrateId> closure) {
    return registries().stream()
        .flatMap(registry -> closure.stream().flatMap(id -> files(registry, id)))
        .filter(file -> Files.exists(home.resolve(file), LinkOption.NOFOLLOW_LINKS));
  }

  private static Stream<String> files(String registry, CrateId id) {
    String version = "%s-%s".formatted(id.name(), id.version().text());
    return Stream.of(
        "registry/cache/%s/%s.crate".formatted(registry, version),
        "registry/src/%s/%s/.cargo-ok".formatted(registry, version),
        "registry/index/%s/.cache/%s".formatted(registry, IndexPath.of(id.name())));
  }

  private List<String> registries() {
    Path all = home.resolve("registry/cache");
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(all)) {
      return folders.map(folder -> folder.getFileName().toString()).toList();
    } catch (IOException e) {
      throw failed("cannot list the package cache " + all, e);
    }
  }

  private static Sha256 digest(Path file) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Sha256.digestOf(in);
    } catch (IOException e) {
      throw failed("cannot read " + file, e);
    }
  }

  private static CliException failed(String tried, IOException e) {
    return new CliException(
        ErrorCode.CONFIG_INVALID,
        "%s: %s; check the free disk space and the permissions"
            .formatted(tried, String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT)),
        e);
  }
}
