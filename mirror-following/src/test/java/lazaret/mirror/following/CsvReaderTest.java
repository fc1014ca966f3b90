package lazaret.mirror.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lazaret.testkit.Mutator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {
  private static final String TABLE =
      """
      id,text,name
      1,plain,alpha
      2,"two ""quoted"", words
      in lines",beta
      3,,gamma
      """;

  private static CsvReader reader(byte[] table, String... wanted) throws IOException {
    return new CsvReader(new ByteArrayInputStream(table), List.of(wanted));
  }

  private static List<String> rows(String table, String... wanted) throws IOException {
    return rows(table.getBytes(StandardCharsets.UTF_8), wanted);
  }

  private static List<String> rows(byte[] table, String... wanted) throws IOException {
    CsvReader reader = reader(table, wanted);
    List<String> rows = new ArrayList<>();
    while (reader.next()) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < wanted.length; i++) {
        row.append('[').append(reader.text(i)).append(']');
      }
      rows.add(row.toString());
    }
    return rows;
  }

  @Test
  void readsTheWantedColumnsInTheirOrder() throws IOException {
    assertThat(rows(TABLE, "name", "id")).containsExactly("[alpha][1]", "[beta][2]", "[gamma][3]");
  }

  @Test
  void readsQuotesAndLineBreaksInFields() throws IOException {
    assertThat(rows(TABLE, "text"))
        .containsExactly("[plain]", "[two \"quoted\", words\nin lines]", "[]");
  }

  @Test
  void readsTablesOfOtherSystems() throws IOException {
    assertThat(rows("id,name\r\n1,\"a\"\r\n2,b", "id", "name")).containsExactly("[1][a]", "[2][b]");
  }

  @Test
  void readsAnEmptyTable() throws IOException {
    assertThat(rows("id,name\n", "id")).isEmpty();
  }

  @Test
  void skipsALongTextThatIsNotWanted() throws IOException {
    String text = "id,text\n1,\"" + "x,\n".repeat(1 << 20) + "\"\n2,y\n";

    assertThat(rows(text, "id")).containsExactly("[1]", "[2]");
  }

  @Test
  void readsFieldsAcrossItsBuffer() throws IOException {
    String text = "id,text\n1," + "x".repeat((1 << 16) - 12) + "\n23,y\n";

    assertThat(rows(text, "id")).containsExactly("[1]", "[23]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name\nalpha\n",
        "id,name\n1\n",
        "id,name\n1,a,b\n",
        "id,name\n1,\"a\n",
        "id,name\n1,\"a\"b\n",
        "<html>\n"
      })
  void refusesOtherTexts(String table) {
    assertThatThrownBy(() -> rows(table, "id"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("expected ");
  }

  @Test
  void refusesLongFieldsAndManyColumns() {
    assertThatThrownBy(() -> rows("id\n" + "1".repeat(CsvReader.MAX_FIELD + 1) + "\n", "id"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> rows("id" + ",x".repeat(CsvReader.MAX_COLUMNS) + "\n", "id"))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "99999999999999999999", "x"})
  void refusesOtherNumbers(String number) throws IOException {
    CsvReader reader = reader(("id,x\n" + number + ",\n").getBytes(StandardCharsets.UTF_8), "id");
    assertThat(reader.next()).isTrue();

    assertThatThrownBy(() -> reader.number(0))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("expected a number");
  }

  @Test
  void anyBytesGiveRowsOrAnError() {
    byte[] table = TABLE.getBytes(StandardCharsets.UTF_8);
    int rows = 0;
    for (long seed = 1; seed <= 3; seed++) {
      Mutator mutator = new Mutator(seed);
      for (int i = 0; i < Mutator.rounds(2_000); i++) {
        try {
          rows += rows(mutator.mutate(table), "id", "name").size();
        } catch (IOException _) {
          // The only error that a reader may throw.
        }
      }
    }
    assertThat(rows).isGreaterThan(100);
  }
}
