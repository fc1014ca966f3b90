package lazaret.storage.record;

import java.util.Set;
import java.util.TreeSet;
import lazaret.vetting.desk.Token;

/// A [Token] as it is stored: the hash of its secret, never the secret.
public final class TokenRecord {
  private TokenRecord() {}

  /// Encodes a token.
  public static byte[] encode(Token token) {
    return new RecordWriter(Format.TOKEN, 128)
        .text(token.name())
        .sha256(token.secretHash())
        .texts(new TreeSet<>(token.scopes()).stream().map(Enum::name).toList())
        .instant(token.created())
        .maybe(token.expires(), RecordWriter::instant)
        .finish();
  }

  /// Decodes a token.
  ///
  /// @throws lazaret.vetting.desk.StoreException with code `store-corrupt` if the record is damaged
  public static Token decode(byte[] data) {
    return RecordReader.read("token", Format.TOKEN, data, data.length, TokenRecord::fields);
  }

  private static Token fields(RecordReader reader) {
    String name = reader.text();
    var secretHash = reader.sha256();
    Set<Token.Scope> scopes = new TreeSet<>();
    reader.texts().forEach(scope -> scopes.add(Token.Scope.valueOf(scope)));
    return new Token(
        name, secretHash, scopes, reader.instant(), reader.maybe(RecordReader::instant));
  }
}
