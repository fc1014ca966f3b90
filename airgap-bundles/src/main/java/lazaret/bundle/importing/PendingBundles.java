package lazaret.bundle.importing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.checking.BundleFiles;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.BundleVerifier;
import lazaret.storage.files.FileAccess;
import lazaret.storage.files.FileTrees;
import lazaret.storage.files.NewFolder;
import lazaret.storage.files.PrivateFiles;

/// The pending bundles whose bases are missing. Each one is a verified copy in a folder of its own.
///
/// @param folder the folder of the copies
record PendingBundles(Path folder) {
  private static final int MOST = 8;
  private static final int BUFFER = 256 << 10;

  static PendingBundles of(ImportContext site) {
    return new PendingBundles(site.folder().resolve("waiting"));
  }

  /// Returns the copies in the order of their sequences.
  List<Path> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> copies = Files.list(folder)) {
      return copies.filter(path -> !path.toString().endsWith(".part")).sorted().toList();
    }
  }

  /// Stores a copy of a bundle, unless it is stored already.
  ///
  /// @throws BundleException `limit-exceeded` if too many bundles are pending; the refusal of the
  ///   bundle
  void keep(VerifiedBundle look, ImportContext site, ImportOptions order, ImportProgress progress)
      throws IOException {
    BundleInspection bundle = look.bundle();
    Path copy =
        folder.resolve("%018d-%s".formatted(bundle.statement().sequence(), bundle.digest()));
    if (Files.exists(copy)) {
      return;
    }
    if (all().size() >= MOST) {
      throw new BundleException(
          BundleCode.LIMIT_EXCEEDED,
          "cannot defer the bundle: %d bundles are deferred already".formatted(MOST));
    }
    if (!Files.isDirectory(folder)) {
      PrivateFiles.createFolders(folder);
    }
    var _ =
        NewFolder.create(
            copy,
            FileAccess.PRIVATE,
            part -> {
              PrivateFiles.createFolders(part.resolve("metadata"));
              PrivateFiles.createFolders(part.resolve("targets"));
              copy(bundle, part);
              check(part, site, order, progress);
              return copy;
            });
  }

  /// Copies the listed files, each at most one byte beyond the length that the medium reported.
  private static void copy(BundleInspection bundle, Path to) throws IOException {
    Map<String, Long> lengths = bundle.files().lengths();
    for (Map.Entry<String, Long> file : lengths.entrySet()) {
      long left = file.getValue() + 1;
      try (InputStream in = bundle.files().open(file.getKey());
          FileChannel channel = PrivateFiles.create(to.resolve(file.getKey()))) {
        OutputStream out = Channels.newOutputStream(channel);
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read > 0 && left > 0; read = in.read(buffer)) {
          out.write(buffer, 0, (int) Math.min(read, left));
          left -= read;
        }
        channel.force(true);
      }
    }
  }

  private static void check(
      Path copy, ImportContext site, ImportOptions order, ImportProgress progress)
      throws IOException {
    BundleInspection copied = VerifiedBundle.into(order.at(copy).dry(), site).bundle();
    long total = copied.partBytes();
    BundleVerifier.check(
        copied.at(BundleFiles.in(copy)),
        bytes -> progress.at(ImportProgress.Stage.PARTS, bytes, total));
  }

  /// Removes a copy.
  void drop(Path copy) throws IOException {
    FileTrees.delete(copy);
  }
}
