package lazaret.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lazaret.mirror.config.MirrorConfig;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.provider.StoreSettings;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;

/// The file with the admin token of the server, readable only by the owner of the data folder.
///
/// @param file path of the file
/// @param fresh whether the token has just been made
public record AdminTokenFile(Path file, boolean fresh) {
  private static final System.Logger LOG = System.getLogger(AdminTokenFile.class.getName());

  /// The name of the token of a server that has its store alone, in the ledger and in the log.
  public static final String NAME = TokenService.SERVER;

  /// As [#ensure(Path, TokenService, boolean)], by the configuration: each of several servers that
  /// share a store has a token of its own. All have one owner, since one person may hold them.
  static AdminTokenFile ensure(MirrorConfig config, TokenService tokens, boolean inOrder) {
    StoreSettings shared = config.cache().shared();
    String name = shared == null ? NAME : TokenService.ofServer(shared.node().name());
    return ensure(new Place(config.dataDir(), name, shared != null), tokens, inOrder);
  }

  /// The place of a token.
  ///
  /// @param shared whether several servers share the store
  record Place(Path dataDir, String name, boolean shared) {
    /// Returns the command that accepts a loss without a token. The data folder of one of several
    /// servers does not name their store.
    String acceptance() {
      return (shared
              ? "'LAZARET_CONFIG=FILE vetting-cli --data-dir %s fsck --accept-loss' with its configuration file"
              : "'vetting-cli --data-dir %s fsck --accept-loss'")
          .formatted(dataDir);
    }
  }

  /// Ensures that the file holds a valid token. After a first start, a restore, or the loss of the
  /// file, a new token is made and the old one is revoked. The same happens if the server before
  /// did not end in order, because a program that took its address may have received the token.
  /// Tokens that a person made stay valid. While the store withholds, no token is made.
  ///
  /// @param inOrder whether the server before ended in order
  /// @throws StoreException if the file cannot be read or written
  static AdminTokenFile ensure(Path dataDir, TokenService tokens, boolean inOrder) {
    return ensure(new Place(dataDir, NAME, false), tokens, inOrder);
  }

  private static AdminTokenFile ensure(Place place, TokenService tokens, boolean inOrder) {
    Path file = place.dataDir().resolve(DataFolderFiles.ADMIN_TOKEN);
    try {
      Optional<Token> kept =
          Files.exists(file)
              ? tokens.authenticate(Files.readString(file).strip())
              : Optional.empty();
      if (kept.isPresent() && inOrder) {
        return new AdminTokenFile(file, false);
      }
      return replaced(file, place.name(), tokens, kept.isPresent());
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_FAILED, "cannot keep the admin token in " + file + ": " + e, e);
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_LOSS) {
        throw e;
      }
      // The server starts anyway, so that it can report the loss.
      LOG.log(
          System.Logger.Level.WARNING,
          "the token in %s does not work and cannot be replaced while acknowledged writes are missing; to accept the loss, stop the server and run %s"
              .formatted(file, place.acceptance()));
      return new AdminTokenFile(file, false);
    }
  }

  private static AdminTokenFile replaced(Path file, String name, TokenService tokens, boolean works)
      throws IOException {
    String why =
        works
            ? "replaced, the server before did not end in order"
            : "replaced, its file holds no token that works";
    TokenService.IssuedToken minted =
        tokens.replace(
            new TokenService.TokenSpec(
                name, NAME, RoleGrants.of(DeskRole.ADMIN), SignInMethod.TOKEN, null),
            Notice.GATE,
            why);
    PrivateFiles.write(file, minted.secret() + "\n");
    if (works) {
      LOG.log(
          System.Logger.Level.WARNING,
          "admin token replaced: the server before did not end in order");
    }
    return new AdminTokenFile(file, true);
  }
}
