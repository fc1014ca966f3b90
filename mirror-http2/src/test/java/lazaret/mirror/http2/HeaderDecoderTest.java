package lazaret.mirror.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.http2.Http2Exception;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import lazaret.testkit.http2.HeaderBlockBuilder;
import org.junit.jupiter.api.Test;

/// Header blocks: the examples of RFC 7541, and random ones against a model.
class HeaderDecoderTest {
  private static List<String> decode(HeaderDecoder decoder, byte[] block) {
    List<String> fields = new ArrayList<>();
    decoder.decode(
        block,
        block.length,
        (field, sensitive) ->
            fields.add(field.name() + ": " + field.value() + (sensitive ? " !" : "")));
    return fields;
  }

  private static List<String> hex(HeaderDecoder decoder, String block) {
    return decode(decoder, HexFormat.of().parseHex(block.replace(" ", "")));
  }

  @Test
  void decodesTheExamplesWithHuffmanCoding() {
    var decoder = new HeaderDecoder();

    assertThat(hex(decoder, "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"))
        .containsExactly(
            ":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com");
    assertThat(hex(decoder, "8286 84be 5886 a8eb 1064 9cbf"))
        .endsWith(":authority: www.example.com", "cache-control: no-cache");
    assertThat(hex(decoder, "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"))
        .containsExactly(
            ":method: GET",
            ":scheme: https",
            ":path: /index.html",
            ":authority: www.example.com",
            "custom-key: custom-value");
  }

  @Test
  void knowsFieldsThatAreNeverIndexed() {
    assertThat(hex(new HeaderDecoder(), "1008 7061 7373 776f 7264 0673 6563 7265 74"))
        .containsExactly("password: secret !");
  }

  @Test
  void decodesEachByteOfTheHuffmanCode() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 256; i++) {
      all.append((char) i);
    }
    HeaderBlockBuilder block =
        new HeaderBlockBuilder()
            .huffman(HeaderBlockBuilder.Indexing.NOT_INDEXED, "x", all.toString());

    assertThat(decode(new HeaderDecoder(), block.bytes())).containsExactly("x: " + all);
  }

  /// Entries of all sizes, in tables of all sizes, compared with a simple list.
  @Test
  void keepsTheTableOfTheRfc() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      var decoder = new HeaderDecoder();
      List<String> model = new ArrayList<>();
      int limit = 4_096;
      for (int i = 0; i < 100; i++) {
        var block = new HeaderBlockBuilder();
        if (random.nextInt(10) == 0) {
          limit = random.nextInt(4_097);
          block.sizeUpdate(limit);
          evict(model, limit);
        }
        String value = "v".repeat(random.nextInt(random.nextInt(10) == 0 ? 4_200 : 200));
        block.literal(HeaderBlockBuilder.Indexing.INDEXED, "n", value);
        model.addFirst("n: " + value);
        evict(model, limit);
        List<String> expected = new ArrayList<>(List.of("n: " + value));
        for (int entry = 0; entry < model.size() && entry < 3; entry++) {
          block.indexed(62 + entry);
          expected.add(model.get(entry));
        }
        assertThat(decode(decoder, block.bytes())).isEqualTo(expected);
        byte[] beyond = new HeaderBlockBuilder().indexed(62 + model.size()).bytes();
        assertThatThrownBy(() -> decode(decoder, beyond)).isInstanceOf(Http2Exception.class);
      }
    }
  }

  private static void evict(List<String> model, int limit) {
    // A colon and a space separate name and value.
    while (model.stream().mapToInt(field -> field.length() - 2 + 32).sum() > limit) {
      model.removeLast();
    }
  }

  /// Random bytes are decoded or refused, without any other outcome.
  @Test
  void refusesWhatItCannotDecode() {
    Random random = new Random(7_541);
    for (int i = 0; i < 20_000; i++) {
      byte[] block = new byte[random.nextInt(60)];
      random.nextBytes(block);
      try {
        decode(new HeaderDecoder(), block);
      } catch (Http2Exception e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }
}
