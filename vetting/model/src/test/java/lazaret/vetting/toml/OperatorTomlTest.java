package lazaret.vetting.toml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.Toml;

class OperatorTomlTest {
  @Test
  void readsEachKindOfValue() {
    OperatorToml.Table root =
        root(
            """
            text = "a\\u0062"
            flag = true
            whole = 0x1F
            fraction = -1.5e3
            day = 2027-01-31
            moment = 2027-01-31 10:00:00Z
            """);

    assertThat(root.entries().keySet())
        .containsExactly("text", "flag", "whole", "fraction", "day", "moment");
    assertThat(root.get("text")).isEqualTo("ab");
    assertThat(root.get("flag")).isEqualTo(true);
    assertThat(root.get("whole")).isEqualTo(31L);
    assertThat(root.get("fraction")).isEqualTo(-1500.0);
    assertThat(root.get("day")).isEqualTo(LocalDate.of(2027, 1, 31));
    assertThat(root.get("moment")).isEqualTo(OffsetDateTime.parse("2027-01-31T10:00:00Z"));
    assertThat(root.get("other")).isNull();
  }

  @Test
  void keepsThePositionsOfKeysElementsAndTables() {
    OperatorToml.Table root =
        root("\uFEFFa = 1\n  b = [1, { c = 2 }]\n[t.u]\nd = 3\n[[x]]\n[[x]]\ne = 4\n");

    assertThat(root.place()).isEqualTo(new TomlPosition(1, 1));
    assertThat(root.place("a")).isEqualTo(new TomlPosition(1, 1));
    assertThat(root.place("b")).isEqualTo(new TomlPosition(2, 3));
    OperatorToml.Array array = array(root, "b");
    assertThat(array.elements())
        .extracting(OperatorToml.Entry::place)
        .containsExactly(new TomlPosition(2, 8), new TomlPosition(2, 11));
    OperatorToml.Table inner = (OperatorToml.Table) array.elements().get(1).value();
    assertThat(inner.place("c")).isEqualTo(new TomlPosition(2, 13));
    assertThat(inner.place("absent")).isEqualTo(inner.place());
    OperatorToml.Array tables = array(root, "x");
    assertThat(tables.elements().get(1).place()).isEqualTo(new TomlPosition(6, 1));
  }

  @Test
  void reportsEachRepeatedKey() {
    OperatorToml read = OperatorToml.read(Bytes.utf8("a = 1\na = 2\nb = 1\nb = 2\n"));

    assertThat(read.faults())
        .extracting(OperatorToml.Fault::place)
        .containsExactly(new TomlPosition(2, 1), new TomlPosition(4, 1));
    assertThat(read.root().get("a")).isEqualTo(1L);
  }

  @Test
  void refusesALargeDocumentAndBytesThatAreNotUtf8() {
    assertThat(fault(Bytes.of(new byte[OperatorToml.MAX_BYTES + 1])))
        .isEqualTo("1:1: the file is larger than 1 MiB");
    assertThat(fault(Bytes.of(new byte[] {'#', (byte) 0xe9})))
        .isEqualTo("1:1: the file is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a=[", "{a=", "[["})
  void refusesDeepNesting(String opening) {
    assertThat(fault(Bytes.utf8("k=" + opening.repeat(200_000))))
        .containsAnyOf("nested deeper than 64", "more than 64 keys in one path");
  }

  @Test
  void refusesTooManyValues() {
    assertThat(fault(Bytes.utf8("k=[" + "1,".repeat(100_001) + "]")))
        .endsWith("more than 100000 values");
  }

  /// Refuses documents in which a reader that disagrees about one value finds nested arrays in the
  /// text of a string.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "k = [1__0, %s]",
        "k = [1-, %s]",
        "k = [{\n a = 1 }, %s]",
        "k = [{ a = 1 # }\n}, %s]",
        "k = { \"\\e\" = 1, a = [%s] }",
        "k = \"\\x41\"\nl = [%s]"
      })
  void refusesFormsThatAnotherReaderMayReadOtherwise(String document) {
    String hidden = "\"\"\"\nx = " + "[".repeat(50_000) + "\n\"\"\"";

    assertThat(fault(Bytes.utf8(document.formatted(hidden)))).matches("[12]:\\d+: .+");
  }

  @Test
  void namesANumberThatLacksQuotes() {
    assertThat(fault(Bytes.utf8("\ncooldown = 7d\n")))
        .isEqualTo("2:12: expected a number or a date, found '7d'; write a text in quotes");
  }

  /// Checks that each document without faults for tomlj has none here.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void takesWhatTomljTakes(long seed) {
    var random = new SplittableRandom(seed);
    List<String> parts =
        List.of(
            "a",
            "b",
            "=",
            ".",
            "\"",
            "'",
            "\"\"\"",
            "'''",
            "[",
            "]",
            "{",
            "}",
            ",",
            "\n",
            " ",
            "#",
            "\\n",
            "1",
            "0",
            "-",
            "+",
            "_",
            "e",
            "0x1",
            "0o7",
            "0b1",
            "inf",
            "true",
            "1979-05-27",
            "T",
            "07:32:00",
            ".5",
            "Z",
            "+01:00",
            "a=1\n",
            "a=1.5e-3\n",
            "a=[1,2]\n",
            "[t]\n",
            "[[t]]\n",
            "c={d=1}\n",
            "k='v'\n");
    for (int round = 0; round < 10_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(10); i >= 0; i--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      String document = text.toString();
      if (tomljTakes(document)) {
        assertThat(OperatorToml.read(Bytes.utf8(document)).faults()).as(document).isEmpty();
      }
    }
  }

  private static boolean tomljTakes(String document) {
    try {
      return !Toml.parse(document).hasErrors();
    } catch (RuntimeException _) {
      return false; // tomlj 1.1.1 throws at a wrong escape in a quoted key
    }
  }

  private static OperatorToml.Table root(String document) {
    OperatorToml read = OperatorToml.read(Bytes.utf8(document));
    assertThat(read.faults()).isEmpty();
    return read.root();
  }

  private static OperatorToml.Array array(OperatorToml.Table table, String key) {
    return (OperatorToml.Array) Objects.requireNonNull(table.get(key));
  }

  private static String fault(Bytes document) {
    OperatorToml read = OperatorToml.read(document);
    assertThat(read.faults()).hasSize(1);
    assertThat(read.root().entries()).isEmpty();
    OperatorToml.Fault fault = read.faults().getFirst();
    return fault.place() + ": " + fault.detail();
  }
}
