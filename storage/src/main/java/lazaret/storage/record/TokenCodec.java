package lazaret.storage.record;

import java.util.Set;
import java.util.TreeSet;
import lazaret.vetting.gate.store.Token;

/// The codec of a [Token] in the store: the hash of its secret, never the secret.
public final class TokenCodec {
  private TokenCodec() {}

  /// Encodes a token.
  public static byte[] encode(Token token) {
    return new RecordWriter(RecordFormat.TOKEN, 128)
        .text(token.name())
        .text(token.owner())
        .sha256(token.secretHash())
        .texts(new TreeSet<>(token.scopes()).stream().map(StoredWords.TOKEN_SCOPE::of).toList())
        .instant(token.created())
        .maybe(token.expires(), RecordWriter::instant)
        .finish();
  }

  /// Decodes a token. In the form before owners, the name of a token is also its owner.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static Token decode(byte[] data) {
    boolean owned = data.length == 0 || (data[0] & 0xFF) != RecordFormat.TOKEN_WITHOUT_OWNER;
    int format = owned ? RecordFormat.TOKEN : RecordFormat.TOKEN_WITHOUT_OWNER;
    return RecordReader.read("token", format, data, data.length, reader -> fields(reader, owned));
  }

  private static Token fields(RecordReader reader, boolean owned) {
    String name = reader.text();
    String owner = owned ? reader.text() : name;
    var secretHash = reader.sha256();
    Set<Token.Scope> scopes = new TreeSet<>();
    reader.texts().forEach(scope -> scopes.add(StoredWords.TOKEN_SCOPE.parse(scope)));
    return new Token(
        name, owner, secretHash, scopes, reader.instant(), reader.maybe(RecordReader::instant));
  }
}
