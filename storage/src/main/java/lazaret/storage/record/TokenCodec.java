package lazaret.storage.record;

import java.util.List;
import java.util.function.Function;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrant;
import lazaret.vetting.roles.RoleGrants;
import lazaret.vetting.roles.SignInMethod;
import lazaret.vetting.text.Coded;

/// The codec of a [Token] in the store: the hash of its secret, never the secret.
public final class TokenCodec {
  private TokenCodec() {}

  /// Encodes a token. One that another token approved has the id of that one at the end.
  public static byte[] encode(Token token) {
    String approver = token.approver();
    RecordWriter writer =
        new RecordWriter(approver == null ? RecordFormat.TOKEN : RecordFormat.APPROVED_TOKEN, 128)
            .text(token.name())
            .text(token.owner())
            .sha256(token.secretHash())
            .texts(token.roles().texts())
            .text(token.method().code())
            .instant(token.created())
            .maybe(token.expires(), RecordWriter::instant);
    return approver == null ? writer.finish() : writer.text(approver).finish();
  }

  /// Decodes a token. In the form before owners, the name of a token is also its owner. In the
  /// forms before roles, a token has scopes.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static Token decode(byte[] data) {
    int format = data.length == 0 ? RecordFormat.TOKEN : data[0] & 0xFF;
    return switch (format) {
      case RecordFormat.TOKEN_WITHOUT_OWNER -> read(format, data, reader -> scoped(reader, false));
      case RecordFormat.TOKEN_WITHOUT_ROLES -> read(format, data, reader -> scoped(reader, true));
      case RecordFormat.APPROVED_TOKEN -> read(format, data, reader -> fields(reader, true));
      default -> read(RecordFormat.TOKEN, data, reader -> fields(reader, false));
    };
  }

  private static Token read(int format, byte[] data, Function<RecordReader, Token> body) {
    return RecordReader.read("token", format, data, data.length, body);
  }

  private static Token fields(RecordReader reader, boolean approved) {
    return new Token(
        reader.text(),
        reader.text(),
        reader.sha256(),
        RoleGrants.parse(reader.texts()),
        Coded.parse(SignInMethod.class, reader.text()),
        reader.instant(),
        reader.maybe(RecordReader::instant),
        approved ? reader.text() : null);
  }

  private static Token scoped(RecordReader reader, boolean owned) {
    String name = reader.text();
    String owner = owned ? reader.text() : name;
    var secretHash = reader.sha256();
    List<RoleGrant> roles = reader.texts().stream().map(TokenCodec::role).toList();
    return new Token(
        name,
        owner,
        secretHash,
        new RoleGrants(roles),
        SignInMethod.TOKEN,
        reader.instant(),
        reader.maybe(RecordReader::instant),
        null);
  }

  /// Returns the role of a scope. The narrowest scope permitted requests, too.
  private static RoleGrant role(String scope) {
    return RoleGrant.of(
        switch (scope) {
          case "READ" -> DeskRole.REQUESTER;
          case "PREFETCH" -> DeskRole.PREFETCHER;
          case "REVIEW" -> DeskRole.REVIEWER;
          case "ADMIN" -> DeskRole.ADMIN;
          default ->
              throw new IllegalArgumentException(
                  "unknown scope of " + scope.length() + " characters");
        });
  }
}
