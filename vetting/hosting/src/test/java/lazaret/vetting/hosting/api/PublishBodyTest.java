package lazaret.vetting.hosting.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishBodyTest {
  private static final String DOCUMENT = "{\"name\":\"acme-core\",\"vers\":\"1.0.0\",\"deps\":[]}";

  static Bytes body(String document, byte[] archive) {
    byte[] json = document.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(length(json.length));
    out.writeBytes(json);
    out.writeBytes(length(archive.length));
    out.writeBytes(archive);
    return Bytes.of(out.toByteArray());
  }

  private static byte[] length(int bytes) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes).array();
  }

  private static void refuses(Bytes body, String why) {
    assertThatThrownBy(() -> PublishBody.parse(body))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(why);
  }

  @Test
  void readsNameVersionAndArchive() {
    PublishBody body = PublishBody.parse(body(DOCUMENT, new byte[] {1, 2, 3}));

    assertThat(body.name()).isEqualTo("acme-core");
    assertThat(body.version()).isEqualTo("1.0.0");
    assertThat(body.archive()).isEqualTo(Bytes.of(new byte[] {1, 2, 3}));
  }

  @Test
  void everyCutIsRefused() {
    Bytes whole = body(DOCUMENT, new byte[] {1, 2, 3});
    for (int length = 0; length < whole.length(); length++) {
      Bytes cut = Bytes.copyOf(whole.array(), 0, length);
      assertThatThrownBy(() -> PublishBody.parse(cut)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void bytesAfterTheArchiveAreRefused() {
    Bytes whole = body(DOCUMENT, new byte[] {1});
    byte[] longer = new byte[whole.length() + 1];
    System.arraycopy(whole.array(), 0, longer, 0, whole.length());

    refuses(Bytes.of(longer), "expected nothing after the archive, found 1 bytes");
  }

  @Test
  void lengthsAreUnsigned() {
    refuses(Bytes.of(new byte[] {-1, -1, -1, -1, 0, 0}), "found 4294967295");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"name\":\"a\"}",
        "{\"vers\":\"1.0.0\"}",
        "{\"name\":1,\"vers\":\"1.0.0\"}",
        "{\"name\":\"a\",\"name\":\"b\",\"vers\":\"1.0.0\"}",
        "{\"name\":\"a\",\"vers\":\"1.0.0\"} x"
      })
  void otherDocumentsAreRefused(String document) {
    assertThatThrownBy(() -> PublishBody.parse(body(document, new byte[0])))
        .isInstanceOf(MalformedException.class);
  }

  /// Only one exception leaves the parser, whatever the bytes are.
  @Test
  void randomBytesAreRefusedInOneWay() {
    Random random = new Random(22);
    Bytes whole = body(DOCUMENT, new byte[] {1, 2, 3});
    for (int i = 0; i < 2_000; i++) {
      byte[] changed = whole.array().clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      try {
        assertThat(PublishBody.parse(Bytes.of(changed)).archive().length()).isEqualTo(3);
      } catch (MalformedException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
