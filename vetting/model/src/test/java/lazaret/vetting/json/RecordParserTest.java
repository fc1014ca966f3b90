package lazaret.vetting.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The reading of records without databind. It gives the values and the messages of databind, which
/// a codec that refuses unknown fields always uses.
class RecordParserTest {
  private static final String DOCUMENT =
      """
      {"name":"a","flag":true,"small":-3,"large":4000000000,"maybe":7,"at":"2026-11-29T00:00:00Z",
       "color":"dark-red","inner":{"title":"t","note":null},"list":[{"title":"u"},{"title":"v"}],
       "words":["x","y"],"counts":{"p":1,"q":2},"shape":{"kind":"big-box","side":2},
       "shapes":[{"kind":"dot"},{"kind":"big-box","side":3}],
       "hint":"h","weight":5,"odd":true,"tags":["z"],"depth":1}
      """;

  private static final Pattern VALUE =
      Pattern.compile("(?<=[:\\[,])(\"[^\"]*\"(?!:)|-?\\d+|true|null|\\[[^\\[\\]]*]|\\{[^{}]*})");

  private static final List<String> OTHERS =
      List.of(
          "null",
          "1",
          "-1",
          "1.5",
          "1e2",
          "99999999999",
          "99999999999999999999",
          "\"x\"",
          "true",
          "[]",
          "{}",
          "[null]",
          "\"\"");

  enum Color {
    DARK_RED,
    BLUE
  }

  record Inner(String title, @Nullable String note) {
    Inner {
      if (title.isEmpty()) {
        throw new IllegalArgumentException("a title is empty");
      }
    }
  }

  sealed interface Shape {
    record Dot() implements Shape {}

    record BigBox(int side) implements Shape {}
  }

  record All(
      String name,
      boolean flag,
      int small,
      long large,
      @Nullable Integer maybe,
      Instant at,
      Color color,
      Inner inner,
      List<Inner> list,
      List<String> words,
      Map<String, Long> counts,
      Shape shape,
      List<Shape> shapes,
      @Inline Part part) {}

  record Part(
      @Nullable String hint, long weight, @Inline Deep deep, boolean odd, List<String> tags) {}

  record Deep(int depth) {}

  record Whole(String label, @Inline Inner inner) {}

  private static RecordCodec codec(UnknownFields unknown) {
    return RecordCodec.of(
        List.of(TextType.of(Instant.class, "a time", Instant::parse)),
        new JsonLimits(10_000, 8, 1_000),
        unknown,
        "the document");
  }

  /// Returns the value, or the message of the fault.
  private static Object read(UnknownFields unknown, String document) {
    try {
      return codec(unknown).decode(All.class, Bytes.utf8(document));
    } catch (MalformedException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void assertSame(String document) {
    assertThat(read(UnknownFields.IGNORED, document))
        .as(document)
        .isEqualTo(read(UnknownFields.REFUSED, document));
  }

  @Test
  void readsEachKindOfComponent() {
    assertThat(read(UnknownFields.IGNORED, DOCUMENT)).isInstanceOf(All.class);
    assertSame(DOCUMENT);
  }

  @Test
  void agreesOnEachReplacedValue() {
    Matcher value = VALUE.matcher(DOCUMENT);
    List<int[]> places = new ArrayList<>();
    // Values inside of values, too.
    for (int from = 0; value.find(from); from = value.start() + 1) {
      places.add(new int[] {value.start(), value.end()});
    }
    assertThat(places).hasSizeGreaterThan(15);
    for (int[] place : places) {
      for (String other : OTHERS) {
        assertSame(DOCUMENT.substring(0, place[0]) + other + DOCUMENT.substring(place[1]));
      }
    }
  }

  @Test
  void agreesOnEachTruncatedDocument() {
    for (int end = 1; end < DOCUMENT.length(); end++) {
      assertSame(DOCUMENT.substring(0, end));
    }
  }

  @Test
  void agreesOnEachMissingField() {
    for (String name :
        List.of(
            "name", "flag", "small", "large", "maybe", "at", "color", "words", "hint", "weight",
            "odd", "tags")) {
      assertSame(DOCUMENT.replaceFirst("\"" + name + "\":(\\[[^]]*]|[^,]*),", ""));
    }
    assertSame(DOCUMENT.replace(",\"depth\":1", ""));
  }

  @Test
  void agreesOnDuplicateFieldsAndOnTextAfterTheEnd() {
    assertSame(DOCUMENT.replace("\"small\":-3", "\"small\":-3,\"small\":-4"));
    assertSame(DOCUMENT + "{}");
    assertSame("[" + DOCUMENT + "]");
  }

  @Test
  void skipsUnknownFields() {
    String more = DOCUMENT.replace("\"flag\"", "\"newer\":{\"a\":[1,{\"b\":null}]},\"flag\"");

    assertThat(read(UnknownFields.IGNORED, more)).isEqualTo(read(UnknownFields.REFUSED, DOCUMENT));
  }

  @Test
  void readsAUnionWhoseKindIsNotTheFirstField() {
    String turned =
        DOCUMENT.replace("\"kind\":\"big-box\",\"side\":2", "\"side\":2,\"kind\":\"big-box\"");

    assertThat(read(UnknownFields.IGNORED, turned)).isInstanceOf(All.class);
    assertSame(turned);
  }

  @Test
  void agreesOnOtherKinds() {
    for (String kind : List.of("\"none\"", "null", "3", "\"dot\"")) {
      assertSame(DOCUMENT.replace("\"dot\"", kind));
    }
  }

  @Test
  void readsInlineComponentsWithoutDatabind() throws IOException {
    String document = "{\"label\":\"l\",\"title\":\"t\"}";

    try (JsonParser json = new JsonFactory().createParser(document)) {
      assertThat(new RecordParser(Map.of()).read(Whole.class, json))
          .isEqualTo(new Whole("l", new Inner("t", null)));
    }
  }

  @Test
  void refusesADocumentThatIsTooDeepOrTooLong() {
    String deep =
        DOCUMENT.replace("\"flag\"", "\"newer\":" + "[".repeat(9) + "]".repeat(9) + ",\"flag\"");
    String big = DOCUMENT.replace("\"a\"", "\"" + "a".repeat(11_000) + "\"");

    assertThatThrownBy(() -> codec(UnknownFields.IGNORED).decode(All.class, Bytes.utf8(deep)))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> codec(UnknownFields.IGNORED).decode(All.class, Bytes.utf8(big)))
        .isInstanceOf(MalformedException.class);
  }
}
