package lazaret.mirror.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.serving.IndexOutcome;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.Validators;
import org.junit.jupiter.api.Test;

class IndexFieldsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final List<IndexFields.Form> FORMS = List.of(IndexFields.Form.values());

  private final IndexFields fields = new IndexFields();

  private static IndexOutcome.Served served(String etag, Instant fetchedAt, boolean stale) {
    IndexView view =
        new IndexView(Bytes.utf8("line\n"), Bytes.utf8("gzip"), etag, "generation", null, null);
    return new IndexOutcome.Served(view, new Freshness(Validators.NONE, fetchedAt, NOON), stale);
  }

  private String lines(IndexOutcome.Served served, IndexFields.Form form, long age) {
    Bytes lines = Objects.requireNonNull(fields.of(served, form, age).lines());
    return new String(lines.array(), StandardCharsets.US_ASCII);
  }

  @Test
  void equalResponsesShareTheirFields() {
    IndexFields.Made first = fields.of(served("\"a\"", NOON, false), IndexFields.Form.PLAIN, 3);

    assertThat(fields.of(served("\"a\"", NOON, false), IndexFields.Form.PLAIN, 3)).isSameAs(first);
    assertThat(first.respond(200, Bytes.EMPTY).lines()).isSameAs(first.lines());
  }

  @Test
  void fieldsHaveTheOrderAndTheEndsOfLines() {
    assertThat(lines(served("\"a\"", NOON, false), IndexFields.Form.GZIP, 3))
        .isEqualTo(
            """
            etag: "a"\r
            cache-control: no-cache\r
            vary: accept-encoding\r
            age: 3\r
            last-modified: Tue, 24 Nov 2026 12:00:00 GMT\r
            content-type: text/plain; charset=utf-8\r
            content-encoding: gzip\r
            """);
  }

  /// All of them use few places of the table.
  @Test
  void eachDifferenceIsSeen() {
    for (int i = 0; i < 5_000; i++) {
      String etag = "\"" + i % 3 + "\"";
      Instant fetchedAt = NOON.plusSeconds(i % 2);
      IndexFields.Form form = FORMS.get(i / 3 % 3);

      String lines = lines(served(etag, fetchedAt, false), form, i % 7);

      assertThat(lines)
          .contains("etag: " + etag + "\r\n", "age: " + i % 7 + "\r\n")
          .contains("12:00:0" + i % 2 + " GMT\r\n");
      assertThat(lines.contains("content-encoding")).isEqualTo(form == IndexFields.Form.GZIP);
      assertThat(lines.contains("content-type")).isEqualTo(form != IndexFields.Form.UNCHANGED);
    }
  }

  @Test
  void staleFileTellsWhenItWasConfirmed() {
    fields.of(served("\"a\"", NOON, false), IndexFields.Form.PLAIN, 3);

    assertThat(lines(served("\"a\"", NOON, true), IndexFields.Form.PLAIN, 3))
        .contains("x-lazaret-stale: confirmed 2026-11-24T12:00:00Z\r\n");
    assertThat(lines(served("\"a\"", NOON, false), IndexFields.Form.PLAIN, 3))
        .doesNotContain("x-lazaret-stale");
  }
}
