package lazaret.storage.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.roles.SignInMethod;
import org.junit.jupiter.api.Test;

class TokenCodecTest {
  @Test
  void aTokenFromBeforeOwnersOwnsItself() {
    Token token = StoreSamples.token("ci");
    byte[] old =
        new RecordWriter(RecordFormat.TOKEN_WITHOUT_OWNER, 128)
            .text("ci")
            .sha256(token.secretHash())
            .texts(List.of("READ", "ADMIN"))
            .instant(token.created())
            .u8(0)
            .finish();

    Token read = TokenCodec.decode(old);

    assertThat(read.owner()).isEqualTo("ci");
    assertThat(read.roles()).isEqualTo(token.roles());
    assertThat(read.method()).isEqualTo(SignInMethod.TOKEN);
    assertThat(TokenCodec.decode(TokenCodec.encode(token))).isEqualTo(token);
  }
}
