package lazaret.bundle.signing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.tuf.Metadata;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;

/// The target files of a bundle that is being signed. Not all of them need be present.
final class SigningTargets {
  private static final Pattern PATH = Pattern.compile("[a-z0-9][a-z0-9.-]{0,34}");

  private final Path folder;
  private final Map<Path, Metadata.TargetFile> named = new HashMap<>();
  private final Metadata.Targets targets;

  /// Creates the list of target files.
  ///
  /// @throws BundleException `metadata-malformed` for a path that could lead outside of the folder
  SigningTargets(Path folder, Metadata.Targets targets) {
    this.folder = folder;
    this.targets = targets;
    targets
        .targets()
        .forEach(
            (path, file) -> {
              if (!PATH.matcher(path).matches()) {
                throw new BundleException(
                    BundleCode.METADATA_MALFORMED,
                    "cannot sign the bundle: it names a file '%s', which is not a valid name"
                        .formatted(Excerpt.of(path)));
              }
              named.put(path(path, file), file);
            });
  }

  private Path path(String path, Metadata.TargetFile file) {
    return folder.resolve(file.hashes().get("sha256") + "." + path);
  }

  /// Reads the statement.
  ///
  /// @throws BundleException `target-unknown` or `target-damaged`
  Bytes statement() {
    Metadata.TargetFile expected =
        Optional.ofNullable(targets.targets().get(BundleStatement.FILE))
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.TARGET_UNKNOWN,
                        "cannot sign the bundle: its targets do not name '%s'"
                            .formatted(BundleStatement.FILE)));
    Bytes file = read(path(BundleStatement.FILE, expected));
    if (file.length() != expected.length()
        || !Sha256.of(file).hex().equals(expected.hashes().get("sha256"))) {
      throw new BundleException(
          BundleCode.TARGET_DAMAGED,
          "cannot sign the bundle: its '%s' is not the file that its targets name"
              .formatted(BundleStatement.FILE));
    }
    return file;
  }

  private static Bytes read(Path file) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(BundleStatement.MOST + 1);
      if (bytes.length > BundleStatement.MOST) {
        throw new BundleException(
            BundleCode.LIMIT_EXCEEDED,
            "cannot read %s: more than %d bytes".formatted(file, BundleStatement.MOST));
      }
      return Bytes.of(bytes);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /// Reads all target files that are present; see [BundleSigningSession#check].
  int check() {
    int here = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Metadata.TargetFile expected = named.get(file);
        if (expected == null) {
          throw new BundleException(
              BundleCode.UNEXPECTED_FILE,
              "cannot sign the bundle: no signed file names '%s'"
                  .formatted(Excerpt.of(file.getFileName().toString())));
        }
        check(file, expected);
        here++;
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    return here;
  }

  private static void check(Path file, Metadata.TargetFile expected) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.size(file) != expected.length()
          || !Sha256.digestOf(in).hex().equals(expected.hashes().get("sha256"))) {
        throw new BundleException(
            BundleCode.TARGET_DAMAGED,
            "cannot sign the bundle: %s is not what its targets name".formatted(file));
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static BundleException unreadable(Path file, IOException e) {
    return new BundleException(
        BundleCode.MEDIUM_READ_FAILED, "cannot read %s: %s".formatted(file, e), e);
  }
}
