package lazaret.bundle.checking;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarIndex;
import lazaret.vetting.Excerpt;

/// The files of a bundle in a folder or an archive. Each file is opened once. A part is opened once
/// by each thread that works on it, and once more if an error is found in it.
///
/// @param lengths the lengths in bytes that the medium reports, by name, for example
///   `metadata/1.root.json`
/// @param opener the function that opens a file by its name
public record BundleFiles(Map<String, Long> lengths, Opener opener) {
  /// The most files of a bundle: ten thousand parts and the versions of the root.
  public static final int MOST_FILES = 12_000;

  /// The permitted folders of a bundle. `recovery` contains repair data for other programs and is
  /// not read.
  private static final Set<String> FOLDERS = Set.of("metadata", "targets", "recovery");

  /// Copies the map.
  public BundleFiles {
    lengths = Collections.unmodifiableMap(new TreeMap<>(lengths));
  }

  /// A function that opens files.
  @FunctionalInterface
  public interface Opener {
    /// Opens a listed file.
    ///
    /// @throws IOException if it cannot be read
    InputStream open(String name) throws IOException;
  }

  /// Lists a bundle: a folder, or the single file made by
  /// [lazaret.bundle.exporting.SingleFileBundle]. Only the headers of the single file are read.
  ///
  /// @throws BundleException as [#in]; `archive-...` if a file is not such an archive
  public static BundleFiles of(Path bundle) {
    try {
      Path real = bundle.toRealPath();
      return Files.isDirectory(real) ? in(real) : single(real);
    } catch (NoSuchFileException _) {
      return in(bundle);
    } catch (IOException e) {
      throw failed(bundle.toString(), e);
    }
  }

  /// Lists a folder. Links are not followed.
  ///
  /// @throws BundleException `unexpected-file` for anything except plain files in `metadata` and
  ///   `targets`, `metadata-missing` if there are no such files, `limit-exceeded`,
  ///   `medium-read-failed`
  public static BundleFiles in(Path bundle) {
    SortedMap<String, Long> lengths = new TreeMap<>();
    refuseParent(bundle);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(bundle)) {
      for (Path folder : folders) {
        String name = String.valueOf(folder.getFileName());
        if (!FOLDERS.contains(name) || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          throw unexpected(name, "expected the folders 'metadata' and 'targets'");
        }
        if (!name.equals("recovery")) {
          list(folder, name, lengths);
        }
      }
    } catch (NotDirectoryException | NoSuchFileException e) {
      throw new BundleException(
          BundleCode.METADATA_MISSING, "cannot find a bundle: '" + bundle + "' is not a folder", e);
    } catch (IOException | DirectoryIteratorException e) {
      throw failed(bundle.toString(), e);
    }
    if (lengths.isEmpty() || !lengths.firstKey().startsWith("metadata/")) {
      throw new BundleException(
          BundleCode.METADATA_MISSING,
          "cannot find a bundle: there is no metadata in '" + bundle + "'");
    }
    return new BundleFiles(
        lengths, name -> Files.newInputStream(bundle.resolve(name), LinkOption.NOFOLLOW_LINKS));
  }

  /// Refuses a folder that contains bundles but is not one, and names them. The user probably
  /// passed the root of the medium.
  private static void refuseParent(Path folder) {
    if (Files.exists(folder.resolve("metadata"), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<String> within = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path one : all) {
        if (within.size() < 3 && Files.isDirectory(one.resolve("metadata"))) {
          within.add("'" + Excerpt.of(String.valueOf(one.getFileName())) + "'");
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // The following listing of the folder reports the error.
      return;
    }
    if (!within.isEmpty()) {
      throw new BundleException(
          BundleCode.METADATA_MISSING,
          "cannot use '%s' as a bundle: it has no 'metadata', but %s in it has; name that folder"
              .formatted(folder, String.join(", ", within)));
    }
  }

  private static void list(Path folder, String prefix, Map<String, Long> lengths)
      throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = prefix + "/" + file.getFileName();
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          throw unexpected(name, "it is not a plain file");
        }
        lengths.put(name, Files.size(file));
        if (lengths.size() > MOST_FILES) {
          throw new BundleException(
              BundleCode.LIMIT_EXCEEDED,
              "cannot use a bundle of more than %d files".formatted(MOST_FILES));
        }
      }
    }
  }

  private static BundleException unexpected(String name, String why) {
    return new BundleException(
        BundleCode.UNEXPECTED_FILE, "cannot use '%s': %s".formatted(Excerpt.of(name), why));
  }

  private static BundleFiles single(Path file) throws IOException {
    Map<String, UstarIndex.EntryPosition> places;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      String what = "'" + Excerpt.of(String.valueOf(file.getFileName())) + "'";
      places = UstarIndex.of(channel, Ustar.Names.FILES, MOST_FILES, what);
    }
    Map<String, Long> lengths = new TreeMap<>();
    places.forEach((name, place) -> lengths.put(name, place.length()));
    return new BundleFiles(
        lengths,
        name -> {
          UstarIndex.EntryPosition place = places.get(name);
          if (place == null) {
            throw new IOException("it is not in the archive");
          }
          FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          return new StreamSection(
              Channels.newInputStream(channel.position(place.offset())), place.length());
        });
  }

  /// Opens a listed file.
  ///
  /// @return a stream that throws `medium-read-failed` if reading fails
  /// @throws BundleException `medium-read-failed`
  public InputStream open(String name) {
    try {
      return new Medium(name, opener.open(name));
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  static BundleException failed(String name, Exception e) {
    return new BundleException(
        BundleCode.MEDIUM_READ_FAILED,
        "cannot read '%s': %s; check the medium"
            .formatted(Excerpt.of(name), Excerpt.of(String.valueOf(e.getMessage()))),
        e);
  }

  /// A stream that reports read errors as failures of the medium.
  private static final class Medium extends FilterInputStream {
    private final String name;

    Medium(String name, InputStream in) {
      super(in);
      this.name = name;
    }

    @Override
    public int read() {
      try {
        return super.read();
      } catch (IOException e) {
        throw failed(name, e);
      }
    }

    @Override
    public int read(byte[] data, int offset, int length) {
      try {
        return super.read(data, offset, length);
      } catch (IOException e) {
        throw failed(name, e);
      }
    }

    @Override
    public long skip(long wanted) {
      try {
        return super.skip(wanted);
      } catch (IOException e) {
        throw failed(name, e);
      }
    }
  }
}
