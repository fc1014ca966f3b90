package lazaret.credential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file with the tokens of a person, which no other user can read. It is replaced as a whole.
/// Processes that change it wait for each other at a lock file next to it.
///
/// @param path the path of the file
public record CredentialsFile(Path path) {
  /// The path below the folder of configuration files.
  public static final String NAME = "lazaret/credentials.toml";

  private static final int MAX_BYTES = 256 << 10;
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  /// Returns the file of a user: in `XDG_CONFIG_HOME`, else in `~/.config`. A relative path in the
  /// variable has no effect.
  ///
  /// Source: XDG Base Directory Specification 0.8, *Basics*.
  ///
  /// @param home the home folder; null if the user has none
  /// @return empty if the user has no such folder
  public static Optional<CredentialsFile> of(Map<String, String> environment, @Nullable Path home) {
    String named = environment.get("XDG_CONFIG_HOME");
    if (named != null && named.startsWith("/")) {
      return Optional.of(new CredentialsFile(Path.of(named).resolve(NAME)));
    }
    return home == null || !home.isAbsolute()
        ? Optional.empty()
        : Optional.of(new CredentialsFile(home.resolve(".config").resolve(NAME)));
  }

  /// Returns the token for a gate, or empty if the person did not sign in there.
  ///
  /// @throws CredentialException if the file cannot be used, as [#tokens]
  public Optional<OriginToken> find(GateOrigin origin) {
    for (OriginToken each : tokens()) {
      if (each.origin().equals(origin)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /// Returns all tokens; empty if there is no file.
  ///
  /// @throws CredentialException if the file is not a regular one, if other users can access it, if
  ///   it has another form, or if reading fails
  public List<OriginToken> tokens() {
    try {
      PosixFileAttributes found =
          Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!found.isRegularFile()) {
        throw refused("expected a regular file, found a link or a folder; remove it");
      }
      if (!OWNER.containsAll(found.permissions())) {
        throw refused(
            "expected a file that only you can read, found "
                + PosixFilePermissions.toString(found.permissions())
                + "; run 'chmod 600 "
                + path
                + "', and revoke the tokens in it if others may have read them");
      }
      return parsed();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw unusable("read", e);
    }
  }

  private List<OriginToken> parsed() throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw refused("expected at most " + MAX_BYTES + " bytes, found more; remove it");
    }
    try {
      return CredentialsText.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (CredentialException e) {
      throw refused(e.reason() + "; remove the file and sign in again");
    }
  }

  private CredentialException refused(String reason) {
    return new CredentialException("cannot read the tokens in '" + path + "': " + reason);
  }

  private CredentialException unusable(String verb, IOException e) {
    return new CredentialException(
        "cannot "
            + verb
            + " the tokens in '"
            + path
            + "': expected access to the file and its folder, found "
            + e.getClass().getSimpleName()
            + "; check who owns them",
        e);
  }

  /// Stores tokens in place of those for the same gates.
  ///
  /// @throws CredentialException as [#tokens], or if writing fails
  public void put(List<OriginToken> added) {
    List<GateOrigin> gates = new ArrayList<>();
    added.forEach(each -> gates.add(each.origin()));
    change(gates, added);
  }

  /// Removes the token with a secret, under each origin that it has.
  ///
  /// @throws CredentialException as [#tokens], or if writing fails
  public void remove(OriginToken removed) {
    List<GateOrigin> gates = new ArrayList<>();
    for (OriginToken each : tokens()) {
      if (each.secret().equals(removed.secret())) {
        gates.add(each.origin());
      }
    }
    change(gates, List.of());
  }

  private void change(List<GateOrigin> removed, List<OriginToken> added) {
    try {
      createFolder();
      try (FileChannel channel =
              FileChannel.open(
                  path.resolveSibling(path.getFileName() + ".lock"),
                  Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                  PosixFilePermissions.asFileAttribute(FILE));
          var _ = channel.lock()) {
        List<OriginToken> all = new ArrayList<>(tokens());
        all.removeIf(each -> removed.contains(each.origin()));
        all.addAll(added);
        write(CredentialsText.of(all));
      }
    } catch (IOException e) {
      throw unusable("write", e);
    }
  }

  private void createFolder() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER));
    }
  }

  private void write(String text) throws IOException {
    Path part =
        Files.createTempFile(
            path.toAbsolutePath().getParent(),
            ".credentials",
            ".part",
            PosixFilePermissions.asFileAttribute(FILE));
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
