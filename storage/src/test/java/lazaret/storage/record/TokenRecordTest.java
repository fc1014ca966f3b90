package lazaret.storage.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Token;
import org.junit.jupiter.api.Test;

class TokenRecordTest {
  @Test
  void aTokenFromBeforeOwnersOwnsItself() {
    Token token = StoreSamples.token("ci");
    byte[] old =
        new RecordWriter(Format.TOKEN_WITHOUT_OWNER, 128)
            .text("ci")
            .sha256(token.secretHash())
            .texts(List.of("READ", "ADMIN"))
            .instant(token.created())
            .u8(0)
            .finish();

    Token read = TokenRecord.decode(old);

    assertThat(read.owner()).isEqualTo("ci");
    assertThat(read.scopes()).isEqualTo(token.scopes());
    assertThat(TokenRecord.decode(TokenRecord.encode(token))).isEqualTo(token);
  }
}
