package lazaret.vetting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TomlDepthTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a = 1                      | 0",
        "[a]                        | 1",
        "[[a]]                      | 2",
        "a = [[1], [2, [3]]]        | 3",
        "a = { b = { c = [] } }     | 3",
        "a = \"[[[[\"               | 0",
        "a = '[[[[' # [[[[          | 0",
        "a = \"\\\"[[\"             | 0",
        "a = \"]]]]\"~b = [[1]]     | 2",
        "a = ['''[[' ~ '[''', []]   | 2",
        "a = \"\"\"[[\" ~ [[\"\"\"  | 0",
        "a = \"[[~b = [             | 1",
        "a = '[[                    | 0",
        "]]]][                      | 1"
      })
  void countsBracketsOutsideOfStringsAndComments(String toml, int depth) {
    assertThat(TomlDepth.of(toml.replace('~', '\n'))).isEqualTo(depth);
  }
}
