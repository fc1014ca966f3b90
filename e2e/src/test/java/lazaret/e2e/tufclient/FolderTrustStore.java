package lazaret.e2e.tufclient;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.TrustStore;
import lazaret.vetting.Bytes;

/// A trust store in the files `ROLE.json` of one folder.
public final class FolderTrustStore implements TrustStore {
  private final Path folder;

  /// Creates a trust store.
  ///
  /// @param folder an existing folder that nothing else writes to
  public FolderTrustStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<Bytes> read(String role) {
    try {
      return Optional.of(Bytes.of(Files.readAllBytes(file(role))));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable("read", role, e);
    }
  }

  @Override
  public void write(String role, Bytes file) {
    Path part = folder.resolve(".part");
    try {
      Files.write(part, file.array());
      try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(part, file(role), StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel entries = FileChannel.open(folder)) {
        entries.force(true);
      }
    } catch (IOException e) {
      throw unusable("write", role, e);
    }
  }

  @Override
  public void remove(String role) {
    try {
      Files.deleteIfExists(file(role));
    } catch (IOException e) {
      throw unusable("remove", role, e);
    }
  }

  /// Returns the file of a role. The name of a delegated role is foreign text and may be `../x`
  /// (CVE-2026-24686 of go-tuf), so it is encoded.
  private Path file(String role) {
    return folder.resolve(
        URLEncoder.encode(role, StandardCharsets.UTF_8).replace("*", "%2A") + ".json");
  }

  private BundleException unusable(String verb, String role, IOException e) {
    return new BundleException(
        BundleCode.TRUST_UNUSABLE,
        "cannot %s the trusted metadata of '%s' in %s".formatted(verb, role, folder),
        e);
  }
}
