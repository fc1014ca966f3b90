package lazaret.mirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.StoreException;
import lazaret.vetting.desk.Token;
import lazaret.vetting.desk.Tokens;

/// The token of whoever owns the data folder, in a file that only its owner can read.
///
/// @param file where it is
/// @param fresh whether it has just been made
public record AdminToken(Path file, boolean fresh) {
  /// The name of the token, in the ledger and in the log.
  public static final String NAME = "admin";

  /// The name of the file in the data folder.
  public static final String FILE = "admin-token";

  /// Makes sure that the file holds a token that works: after a first start, a restore, or a lost
  /// file a new one is made and an old one is taken back.
  ///
  /// @throws StoreException if the file cannot be read or written
  static AdminToken ensure(Path dataDir, Tokens tokens) {
    Path file = dataDir.resolve(FILE);
    try {
      if (Files.exists(file) && tokens.authenticate(Files.readString(file).strip()).isPresent()) {
        return new AdminToken(file, false);
      }
      boolean _ = tokens.revoke(NAME, NAME);
      Tokens.Minted minted = tokens.create(NAME, Set.of(Token.Scope.ADMIN), null, NAME);
      Path draft =
          Files.createTempFile(
              dataDir,
              FILE,
              null,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, minted.secret() + "\n", StandardCharsets.US_ASCII);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new AdminToken(file, true);
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_FAILED, "cannot keep the admin token in " + file + ": " + e, e);
    }
  }
}
