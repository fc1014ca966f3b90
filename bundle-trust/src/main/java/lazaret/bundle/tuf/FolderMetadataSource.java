package lazaret.bundle.tuf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;

/// The metadata files of one folder, read once into memory. Verification uses these bytes, so later
/// changes of the medium have no effect. Immutable.
public final class FolderMetadataSource implements MetadataSource {
  /// The largest root metadata, in bytes.
  public static final int MOST_ROOT = 512 << 10;

  /// The largest timestamp or snapshot metadata, in bytes.
  public static final int MOST_SNAPSHOT = 64 << 10;

  /// The largest metadata of a targets role, in bytes.
  public static final int MOST_TARGETS = 1 << 20;

  /// The most versions of the root.
  public static final int MOST_ROOTS = 1024;

  /// The most bytes of all metadata together, because all of it is kept in heap.
  public static final long MOST_TOTAL = 64L << 20;

  private static final int MOST_OTHERS = 32;
  private static final String MOST_VERSION = String.valueOf(Long.MAX_VALUE);
  private static final Pattern NAME =
      Pattern.compile("(?:([1-9][0-9]{0,18})\\.)?([a-z0-9-]{1,64})\\.json");

  private final NavigableMap<String, Bytes> files;

  private FolderMetadataSource(Map<String, Bytes> files) {
    this.files = new TreeMap<>(files);
  }

  /// Reads a folder. Links are not followed.
  ///
  /// @param folder the `metadata` folder of a bundle
  /// @throws BundleException `metadata-missing` if the folder does not exist, `unexpected-file` for
  ///   an entry that is not a plain file with the name of a metadata file, `limit-exceeded` for too
  ///   many or too large files, `medium-read-failed`
  public static FolderMetadataSource read(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new BundleException(
          BundleCode.METADATA_MISSING,
          "cannot read a bundle: there is no folder '%s'".formatted(folder));
    }
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
        checkCount(names);
      }
      return of(names, name -> read(folder.resolve(name), name));
    } catch (IOException | UncheckedIOException e) {
      throw new BundleException(
          BundleCode.MEDIUM_READ_FAILED, "cannot read the metadata in " + folder, e);
    }
  }

  /// Returns a source of files that were read before, under the same limits.
  ///
  /// @param files the files by name, for example `1.root.json`
  /// @throws BundleException `unexpected-file` or `limit-exceeded`
  public static FolderMetadataSource of(Map<String, Bytes> files) {
    return of(files.keySet(), name -> files.getOrDefault(name, Bytes.EMPTY));
  }

  /// Reads files through a function, under the same limits. All names are checked before the first
  /// file is read.
  ///
  /// @param names the names of all files, for example `1.root.json`
  /// @param reader the function that reads a file, at most one byte more than [#most]
  /// @throws BundleException `unexpected-file` or `limit-exceeded`
  public static FolderMetadataSource of(Set<String> names, Function<String, Bytes> reader) {
    checkCount(names);
    names.forEach(FolderMetadataSource::checkName);
    Map<String, Bytes> files = new TreeMap<>();
    long total = 0;
    for (String name : names) {
      Bytes file = reader.apply(name);
      checkLength(name, file.length());
      total += file.length();
      if (total > MOST_TOTAL) {
        throw new BundleException(
            BundleCode.LIMIT_EXCEEDED,
            "cannot read the metadata: more than %d bytes together".formatted(MOST_TOTAL));
      }
      files.put(name, file);
    }
    return new FolderMetadataSource(files);
  }

  /// Returns the largest permitted length of a metadata file in bytes, by its name.
  public static int most(String name) {
    return switch (role(name)) {
      case Roles.ROOT -> MOST_ROOT;
      case Roles.TIMESTAMP, Roles.SNAPSHOT -> MOST_SNAPSHOT;
      default -> MOST_TARGETS;
    };
  }

  private static Bytes read(Path file, String name) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw unexpected(name, "is not a plain file");
    }
    try (InputStream in =
        Channels.newInputStream(
            Files.newByteChannel(
                file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
      byte[] bytes = in.readNBytes(most(name) + 1);
      return Bytes.of(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void checkName(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches() || beyond(matcher.group(1))) {
      throw unexpected(name, "does not have the name of a metadata file");
    }
  }

  /// Returns whether the version in a file name is larger than a `long`.
  private static boolean beyond(@Nullable String version) {
    return version != null
        && version.length() == MOST_VERSION.length()
        && version.compareTo(MOST_VERSION) > 0;
  }

  private static void checkLength(String name, int length) {
    if (length > most(name)) {
      throw new BundleException(
          BundleCode.LIMIT_EXCEEDED,
          "cannot read '%s': more than %d bytes".formatted(Excerpt.of(name), most(name)));
    }
  }

  private static void checkCount(Set<String> names) {
    long roots = names.stream().filter(name -> role(name).equals(Roles.ROOT)).count();
    if (roots > MOST_ROOTS || names.size() - roots > MOST_OTHERS) {
      throw new BundleException(
          BundleCode.LIMIT_EXCEEDED,
          "cannot read the metadata: more than %d versions of the root, or %d other files"
              .formatted(MOST_ROOTS, MOST_OTHERS));
    }
  }

  private static String role(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? matcher.group(2) : "";
  }

  private static BundleException unexpected(String name, String what) {
    return new BundleException(
        BundleCode.UNEXPECTED_FILE,
        "cannot read the metadata: '%s' %s".formatted(Excerpt.of(name), what));
  }

  /// Returns the names of all files, sorted.
  public Set<String> names() {
    return files.navigableKeySet();
  }

  /// Returns a file by its name, or empty if the folder has no such file.
  public Optional<Bytes> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  @Override
  public Optional<Bytes> fetch(String name, long most) {
    return file(name);
  }
}
